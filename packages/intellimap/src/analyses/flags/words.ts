/** Flags in words. Pure. */
import { NOT_TOLD, UNSET } from '../../base/flag-names.ts';
import { grouped } from '../../base/number-words.ts';
import type { FlagBranch } from '../../query/index.ts';
import { duration, plural } from '../analysis.ts';
import type { FlagFinding } from './index.ts';
import type { FlagSide, FlagUse } from './paths.ts';

/** Askers, functions and places that are named. */
const SHOWN = 2;

export function described(finding: FlagFinding): string {
  const { flag, uses } = finding;
  const head = flag.source === 'call' && flag.values.length > 0 ? answers(finding) : values(finding);
  const tests = uses.filter(({ use }) => use === 'test').toSorted((a, b) => b.calls - a.calls);
  // What was answered is told with what ran then.
  const told = flag.source === 'call' && flag.values.length > 0 ? tests.filter(isOneSided) : tests;
  const more = told.length > SHOWN ? [plural(told.length - SHOWN, 'more place')] : [];
  const doubt = finding.isChanged ? ['what ran is not what that value leads to: it was set while the program ran'] : []; // prettier-ignore
  return [head, ...told.slice(0, SHOWN).map(placeText), ...more, ...unplaced(finding), ...doubt].join('; ');
}

/** Of a variable that is called like a flag. */
function unplaced({ flag, uses, isTextKnown }: FlagFinding): string[] {
  if (flag.source !== 'environment' || uses.length > 0) return [];
  return [
    isTextKnown
      ? 'no text of the workspace names it'
      : 'where it is read is not known, as the source was not read',
  ];
}

function answers({ flag: { name, values: all }, isOneSided: isOnly }: FlagFinding): string {
  const [only] = all;
  if (isOnly) {
    const runs = only.runs > 1 ? `, in ${only.runs} runs` : '';
    return `${name} was only ever ${only.value} (${plural(only.reads, 'answer')}${runs}): what runs otherwise was not seen${askersOf(only.branches)}`;
  }
  const sides = all.map(({ value, reads, branches }) =>
    reads === 0
      ? `${value} in other runs only`
      : `${value} ${reads === 1 ? 'once' : `${reads} times`}${branchText(branches)}`,
  );
  return `${name} was ${sides.join('; ')}`;
}

const askersOf = (branches: readonly FlagBranch[]): string =>
  branches.length === 0 ? '' : `; asked by ${branches.slice(0, SHOWN).map(({ asker }) => asker.name).join(', ')}`; // prettier-ignore

/** Of the function that asked most: how long it took then, and what only then it called. */
function branchText([most]: readonly FlagBranch[]): string {
  if (most === undefined) return '';
  const calls = most.only.length === 0 ? '' : `, which then calls ${most.only.slice(0, SHOWN).join(', ')}`;
  return ` (${most.asker.name} takes ${duration(most.medianMs)}${calls})`;
}

/** `X was "1" in 2 runs, not set in 1 run` */
function values({ flag, inRuns, uses }: FlagFinding): string {
  const { name, source } = flag;
  if (source === 'config' && flag.values.length > 0) {
    const seen = flag.values.map(({ value, reads }) => `${wordOf(value)} ${reads === 0 ? 'in other runs' : often(reads)}`); // prettier-ignore
    return `${name} was ${seen.join(', ')} where arguments were recorded`;
  }
  if (source !== 'environment') return `${name} decides, and no value of it is recorded`;
  const set = uses.some(({ use }) => use === 'set') ? ', and is set by the program itself' : '';
  if (inRuns.length === 0)
    return `${name} is read${set}; what it was when runs began is told by run --flags only`;
  const [only] = inRuns;
  const many = only.runs.length;
  if (inRuns.length === 1 && only.value === null)
    return `${name} was not set when ${many === 1 ? 'the one run' : `any of ${many} runs`} began${set}`;
  const told = inRuns.map(({ value, runs }) => `${valueText(value)} in ${plural(runs.length, 'run')}`);
  return `${name} was ${inRuns.length === 1 && many > 1 ? `${valueText(only.value)} in all ${many} runs` : told.join(', ')}${set}`; // prettier-ignore
}

const often = (times: number): string => (times === 1 ? 'once' : times === 2 ? 'twice' : `${grouped(times)} times`); // prettier-ignore
const wordOf = (json: string): string => (json === UNSET ? 'undefined' : json);

/** Texts as they are: what is no word is in quotes. */
function valueText(json: string | null): string {
  if (json === null) return 'not set';
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' && (value === NOT_TOLD || /^\S+$/.test(value)) ? value : json;
}

export const isOneSided = ({ calls, sides }: FlagUse): boolean =>
  calls > 0 && sides.some(({ passes }) => passes === 0);

/** Runs know the function that reads, and none called it. */
export const isUnreached = ({ runs, calls }: FlagUse): boolean => runs > 0 && calls === 0;

/** `pay (shop.mjs:7): if "1" newPath 2 times (pay takes 1.20 ms), if not oldPath never ran` */
function placeText(use: FlagUse): string {
  const { reader, line, runs, calls, sides } = use;
  const where = `${reader.name === reader.path ? 'the module body' : reader.name} (${reader.path}:${line})`;
  if (runs === 0) return `no run knows ${where}, which reads it, as it is now`;
  if (calls === 0) return `${where}, which reads it, never ran`;
  const told = sides.flatMap((side) => sideText(use, side) ?? []);
  return `${where}: ${told.length === 0 ? 'what it decides leads to nothing that is recorded' : told.join(', ')}`;
}

function sideText({ reader, ...use }: FlagUse, { passes, timed, leadsTo, ...side }: FlagSide): string | null {
  const named = leadsTo.filter(({ only, id, calls }) => only && (id !== null || calls !== null));
  const names = named.slice(0, SHOWN).map(({ name }) => name).join(', '); // prettier-ignore
  const when = sideWord(use, side);
  if (named.length === 0) return passes === null ? null : `${when} ${passes === 0 ? 'never' : often(passes)}`;
  if (passes === 0) return `${when} ${names} never ran`;
  if (passes === null) return `${when} ${names}, whose calls from here are not told`;
  const time = timed === null ? '' : ` (${reader.name} takes ${duration(timed.medianMs)})`;
  return `${when} ${names} ${often(passes)}${time}`;
}

/** When a side is taken: `if "1"`, `if not set`, `otherwise`. */
export function sideWord({ test, condition }: Pick<FlagUse, 'test' | 'condition'>, { taken, cases }: Pick<FlagSide, 'taken' | 'cases'>): string {
  if (test === 'switch') return taken === 'default' ? 'otherwise' : `if ${cases!.map((each) => JSON.stringify(each)).join(' or ')}`;
  if (!condition.exact) return taken === 'holds' ? 'if so' : 'if not';
  const isPositive = condition.negated !== (taken === 'holds');
  if (condition.values === null) return isPositive ? 'if on' : 'if off';
  const named = condition.values.map((each) => (each === null ? 'not set' : JSON.stringify(each))).join(' or ');
  if (named === 'not set') return isPositive ? 'if not set' : 'if set';
  return `${isPositive ? 'if' : 'if not'} ${named}`;
} // prettier-ignore

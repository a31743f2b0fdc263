/** Feature flags: what they said, what ran then, and which of their sides no run ever saw. */
import { type Flag, type FlagBranch, flagCoverage } from '../query/index.ts';
import { type Analysis, duration, type Evidence, type Finding, plural, verdict } from './analysis.ts';

/** Askers, and functions, that are named. */
const SHOWN = 2;

export interface FlagFinding extends Finding {
  flag: Flag;
  /** No run saw more than one value. */
  isOneSided: boolean;
}

export const flagUse: Analysis<FlagFinding> = {
  name: 'flag-coverage',
  title: 'Feature flags',
  async check(session) {
    const flags = await flagCoverage(session);
    if (flags.length === 0)
      return {
        holds: 'unknown',
        why: 'no flag was seen; they are recorded with run --flags, where functions of the workspace are asked for them',
      };
    const findings = flags.map((flag): FlagFinding => {
      const asker = flag.values.flatMap(({ branches }) => branches.map((each) => each.asker))[0] ?? flag.readers[0];
      return {
        flag,
        isOneSided: flag.values.length === 1,
        id: `flag-coverage:${flag.source}:${flag.name}`,
        // Of functions that are called very often, samples are looked at.
        confidence: flag.source === 'call' ? 'likely' : 'certain',
        place: asker === undefined ? null : { path: asker.path, line: asker.line },
        evidence: evidenceOf(session.run.id, flag),
      };
    }); // prettier-ignore
    return verdict(findings.toSorted((a, b) => Number(b.isOneSided) - Number(a.isOneSided)));
  },
  describe({ flag, isOneSided }) {
    const { name, source, values } = flag;
    if (source === 'environment')
      return `${name} was ${values.map(({ value }) => value).join(', ')} in the environment`;
    const [only] = values;
    if (isOneSided && only !== undefined) {
      const runs = only.runs > 1 ? `, in ${only.runs} runs` : '';
      return `${name} was only ever ${only.value} (${plural(only.reads, 'answer')}${runs}): what runs otherwise was not seen${askersOf(only.branches)}`;
    }
    const sides = values.map(({ value, reads, branches }) =>
      reads === 0
        ? `${value} in other runs only`
        : `${value} ${reads === 1 ? 'once' : `${reads} times`}${sideOf(branches)}`,
    );
    return `${name} was ${sides.join('; ')}`;
  },
  summarise(findings) {
    const oneSided = findings.filter((finding) => finding.isOneSided).length;
    return `${plural(findings.length, 'flag')}, ${oneSided} of them with one value only`;
  },
};

const askersOf = (branches: readonly FlagBranch[]): string =>
  branches.length === 0 ? '' : `; asked by ${branches.slice(0, SHOWN).map(({ asker }) => asker.name).join(', ')}`; // prettier-ignore

/** Of the function that asked most: how long it took then, and what only then it called. */
function sideOf([most]: readonly FlagBranch[]): string {
  if (most === undefined) return '';
  const calls = most.only.length === 0 ? '' : `, which then calls ${most.only.slice(0, SHOWN).join(', ')}`;
  return ` (${most.asker.name} takes ${duration(most.medianMs)}${calls})`;
}

function evidenceOf(run: string, { name, source, readers }: Flag): Evidence[] {
  return [
    { run, table: 'flags', key: { name, source } },
    ...readers.map(({ id }): Evidence => ({ run, table: 'nodes_runtime', key: { ast_node_id: id } })),
  ];
}

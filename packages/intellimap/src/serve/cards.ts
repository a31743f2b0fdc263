/** Reports in short, as Home shows them. Pure. */
import {
  type AnalysisAnswer,
  type BrokenFinding,
  type DeadCodeFinding,
  type DescribedFinding,
  type FlagFinding,
  type ImportFinding,
  type PathFinding,
  said,
} from '../analyses/index.ts';
import { grouped } from '../base/number-words.ts';
import type { Change, Drift, Moment } from '../query/index.ts';
import type { Card } from './contract.ts';

/** One that takes an answer of an analysis. */
export interface CardOf {
  report: string;
  of(answer: AnalysisAnswer): Card;
}

const ROWS = 3;
const place = (path: string | null, line: number | null = null, id: string | null = null): Moment | null =>
  path === null ? null : { t: null, thread: null, call: null, function: id, path, line };
/** Each analysis answers with findings of its own type. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
const found = <F extends DescribedFinding['finding']>({ findings }: AnalysisAnswer): F[] =>
  findings.map(({ finding }) => finding as F);

/** The same for all: what is not known, or did not work, is said in the note. */
function card(
  title: string,
  { name, holds, why, findings }: AnalysisAnswer,
  nothing: string,
  inShort: () => Pick<Card, 'figure' | 'tone' | 'rows'>,
): Card {
  if (holds === 'yes' && findings.length > 0) return { report: name, title, note: null, ...inShort() };
  const note = holds === 'no' || holds === 'yes' ? nothing : `not known: ${why}`;
  return {
    report: name,
    title,
    figure: holds === 'no' ? '0' : null,
    tone: holds === 'no' ? 'good' : 'plain',
    rows: [],
    note,
  };
}

const broken: CardOf = {
  report: 'broken-features',
  of: (answer) =>
    card('Broken features', answer, 'no errors', () => {
      const modules = new Map<
        string,
        { count: number; isNew: boolean; sure: boolean; line: number | null; id: string | null }
      >();
      for (const { module, count, failure, silent, confidence, place: at } of found<BrokenFinding>(answer)) {
        const known = modules.get(module ?? '');
        modules.set(module ?? '', {
          count: (known?.count ?? 0) + count,
          isNew: (known?.isNew ?? false) || (failure?.newAfter ?? 0) > 0,
          sure: (known?.sure ?? false) || confidence !== 'possible',
          line: known?.line ?? at?.line ?? null,
          id: known?.id ?? silent?.id ?? null,
        });
      }
      const all = [...modules].toSorted(
        ([, a], [, b]) => Number(b.sure) - Number(a.sure) || b.count - a.count,
      );
      return {
        figure: grouped(modules.size),
        tone: all.some(([, { sure }]) => sure) ? 'bad' : 'plain',
        rows: all.slice(0, ROWS).map(([path, { count, isNew, line, id }]) => ({
          left: path === '' ? 'outside of the recorded files' : path,
          right: `${grouped(count)} ${count === 1 ? 'error' : 'errors'}${isNew ? ' · new' : ''}`,
          moment: place(path === '' ? null : path, line, id),
        })),
      };
    }),
};

const hot: CardOf = {
  report: 'hot-paths',
  of: (answer) =>
    card('Hot paths', answer, 'no time was spent in calls', () => {
      const chains = found<PathFinding>(answer).map(({ chain }) => chain);
      return {
        figure: grouped(chains.length),
        tone: 'plain',
        rows: chains.slice(0, ROWS).map(({ functions, share, measure }) => ({
          left: functions.map(({ name }) => name).join(' → '),
          right: `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % of ${measure === 'work' ? 'work' : 'time'}`,
          moment: place(functions.at(-1)!.path, functions.at(-1)!.line, functions.at(-1)!.id),
        })),
      };
    }),
};

const dead: CardOf = {
  report: 'dead-code',
  of: (answer) =>
    card('Dead code', answer, 'all functions ran', () => {
      const files = new Map<string, number>();
      for (const { path, functions } of found<DeadCodeFinding>(answer))
        files.set(path, (files.get(path) ?? 0) + functions.length);
      const all = [...files].toSorted(([, a], [, b]) => b - a);
      const sum = all.reduce((total, [, count]) => total + count, 0);
      return {
        figure: `${grouped(sum)} ${sum === 1 ? 'fn' : 'fns'}`,
        tone: 'plain',
        rows: all.slice(0, ROWS).map(([path, count]) => ({
          left: path,
          right: `${grouped(count)} ${count === 1 ? 'fn' : 'fns'} never ran`,
          moment: place(path),
        })),
      };
    }),
};

const unused: CardOf = {
  report: 'never-used-imports',
  of: (answer) =>
    card('Unused imports', answer, 'no import of this project was left unused', () => ({
      figure: grouped(answer.findings.length),
      tone: 'plain',
      rows: found<ImportFinding>(answer)
        .slice(0, ROWS)
        .map(({ edge: { src, specifier, line, kind } }) => ({
          left: `${src} → ${specifier}`,
          right: `${kind}, never used`,
          moment: place(src, line),
        })),
    })),
};

const flags: CardOf = {
  report: 'flag-coverage',
  of: (answer) =>
    card('Flag coverage', answer, 'no flags are known', () => {
      const all = found<FlagFinding>(answer);
      return {
        figure: `${all.filter(({ flag }) => flag.values.length > 1).length} / ${all.length}`,
        tone: 'plain',
        rows: all.slice(0, ROWS).map((each) => ({
          left: each.flag.name,
          right: flagWords(each),
          moment: each.place === null ? null : place(each.place.path, each.place.line),
        })),
      };
    }),
};

/** `true 7 % · false 93 %`, `always false`; where no value was recorded, what the text and the calls tell. */
function flagWords({ flag: { values }, uses }: FlagFinding): string {
  const reads = values.reduce((sum, value) => sum + value.reads, 0);
  const short = ({ value }: { value: string }): string =>
    value.length > 12 ? `${value.slice(0, 11)}…` : value;
  if (values.length === 1) return `always ${short(values[0])}`;
  if (values.length > 1 && reads > 0)
    return values.slice(0, 2).map((value) => `${short(value)} ${Math.round((value.reads / reads) * 100)} %`).join(' · '); // prettier-ignore
  if (values.length > 1) return `${values.length} values, in other runs`;
  const isSideDead = uses.some(({ sides }) =>
    sides.some(({ leadsTo }) => leadsTo.some(({ only, calls }) => only && calls === 0)),
  );
  return isSideDead ? 'a side never ran' : 'no value recorded';
}

/** In the order of the page; drift comes third. */
export const CARDS: readonly CardOf[] = [broken, hot, dead, unused, flags];

export function driftCard(drift: Drift | null): Card {
  const report = 'drift';
  if (drift === null)
    return {
      report,
      title: 'Drift',
      figure: null,
      tone: 'plain',
      rows: [],
      note: 'there is no earlier complete run of the same command to compare with',
    };
  const { changes, other } = drift;
  return {
    report,
    title: `Drift vs ${other}`,
    figure: grouped(changes.length),
    tone: changes.length === 0 ? 'good' : changes.some(isWorse) ? 'worse' : 'plain',
    rows: changes.slice(0, ROWS).map((change) => ({
      left: change.subject,
      right: said(change),
      moment: place(change.path, change.line),
    })),
    note: changes.length === 0 ? 'nothing differs' : null,
  };
}

const isWorse = ({ kind, what }: Change): boolean =>
  what === 'slower' || (kind === 'error' && (what === 'added' || what === 'more'));

/** `intellimap history` for people. Pure. */
import type { HistoryAnswer, VersionFacts } from './function-history.ts';
import { counted, middle, oneLine, time } from './format.ts';
import type { Terminal } from './terminal.ts';

type Screen = Pick<Terminal, 'paint' | 'columns'>;

const AUTHOR = 16;
/** What happened, in front of the subject. */
const WIDEST = 15;
/** Two spaces, date, hash, and what is between them. */
const LEFT = 2 + 10 + 2 + 9 + 2;

/** The newest version in front of its history. */
export function historyText({ versions, others }: HistoryAnswer, screen: Screen): string {
  const { paint, columns } = screen;
  const [newest] = versions;
  const widest = Math.max(...versions.map(({ what }) => what.join(', ').length));
  const isGone = newest.what.includes('removed');
  const hasRuns = versions.some(({ runs }) => runs.length > 0);
  const place = oneLine(`${newest.path}:${newest.line}`, columns - 4);
  return [
    `${paint.bold(oneLine(newest.name, columns))}  ${isGone ? paint.yellow('removed') : ''}`.trimEnd(),
    paint.dim(`  ${place}`),
    paint.dim(`  ${middle(oneLine(newest.id, 1000), columns - 2)}`),
    '',
    ...versions.flatMap((version) =>
      versionText(version, { hasRuns, widest: Math.min(widest, WIDEST) }, screen),
    ),
    ...(others.length > 0
      ? [`  ${counted(others.length, 'run')} saw it with a text that is not among these`]
      : []),
  ].join('\n');
}

function versionText(
  version: VersionFacts,
  { hasRuns, widest }: { hasRuns: boolean; widest: number },
  { paint, columns }: Screen,
): string[] {
  const { commit, at, author, what, subject } = version;
  const day = at === null ? 'now       ' : new Date(at).toISOString().slice(0, 10);
  const name = oneLine(author ?? 'not committed', AUTHOR).padEnd(AUTHOR);
  const words = what.join(', ').padEnd(widest);
  const room = columns - LEFT - AUTHOR - 2 - words.length - 2;
  const said = subject !== null && room >= 8 ? `  ${paint.dim(oneLine(subject, room))}` : '';
  const width = columns - LEFT;
  const indent = ' '.repeat(LEFT);
  return [
    `  ${day}  ${paint.cyan((commit ?? '').slice(0, 9).padEnd(9))}  ${name}  ${coloured(words, paint)}${said}`.trimEnd(),
    ...wasText(version).map((text) => indent + paint.dim(middle(text, width))),
    ...(hasRuns ? [indent + oneLine(runsText(version), width)] : []),
  ];
}

const coloured = (words: string, paint: Screen['paint']): string =>
  words.startsWith('removed') ? paint.red(words) : words.startsWith('made') ? paint.green(words) : words;

function wasText({ before, name, path }: VersionFacts): string[] {
  if (before === null) return [];
  const parts = [before.name !== name && before.name, before.path !== path && `in ${before.path}`].filter(
    Boolean,
  );
  // Only what is around it has another name.
  return [`was ${oneLine(parts.length > 0 ? parts.join(' ') : before.id, 1000)}`];
}

function runsText({ runs, what }: VersionFacts): string {
  if (what.includes('removed')) return '';
  if (runs.length === 0) return 'no run';
  const sum = (of: (run: VersionFacts['runs'][number]) => number | null): number =>
    runs.reduce((total, run) => total + (of(run) ?? 0), 0);
  const of = counted(runs.length, 'run');
  const didRun = runs.some(({ ran }) => ran === true);
  if (!didRun) return runs.some(({ ran }) => ran === false) ? `${of}: never called` : `${of}: not recorded`;
  const [errors, threw] = [sum((run) => run.errors), sum((run) => run.threw)];
  const parts = [
    counted(
      sum(({ calls }) => calls),
      'call',
    ),
    runs.some(({ selfMs }) => selfMs !== null) && `${time(sum(({ selfMs }) => selfMs))} of its own`,
    errors > 0 && counted(errors, 'error'),
    threw > 0 && `threw ${counted(threw, 'time')}`,
  ];
  return `${of}: ${parts.filter(Boolean).join(', ')}`;
}

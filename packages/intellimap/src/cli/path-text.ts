/** Ways over calls as text, in as many columns as the terminal has. Pure. */
import type { CallPath, CallPaths, Hop } from '../query/index.ts';
import { counted, grouped, oneLine, tail } from './format.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';

type Out = Pick<Terminal, 'paint' | 'columns'>;

export function pathsText({ from, to, paths, capped }: CallPaths, out: Out): string {
  const { paint } = out;
  const head = `${oneLine(from.wanted, 36)} → ${oneLine(to.wanted, 36)}`;
  const told = paths.length === 0 ? paint.yellow('no way is known') : counted(paths.length, 'way');
  return [
    `${paint.bold(head)}  ${told}`,
    ...paths.flatMap((path, index) => ['', ...pathText(path, index, out)]),
    ...(capped === null ? [] : ['', paint.dim(capped)]),
  ].join('\n');
}

const EVIDENCE: Readonly<Record<CallPath['evidence'], string>> = {
  ran: 'each call ran',
  partly: 'some of it ran',
  'text only': 'as the text has it, nothing of it ran',
};

function pathText({ evidence, hops }: CallPath, index: number, out: Out): string[] {
  const { paint, columns } = out;
  const first = hops[0].from;
  const reasons = hops.map((hop) => oneLine(why(hop), 22));
  const longest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
  const room = Math.max(40, columns - 8 - longest(reasons) - longest(hops.map(counts)));
  const rows = hops.map((hop, at) => {
    const name = hop.to?.name ?? `${hop.text ?? ''}${hop.module === null ? '' : ` (${hop.module})`}`;
    return [painted(hop, out), paint.cyan(oneLine(name, Math.floor(room * 0.5))), reasons[at], paint.dim(where(hop, Math.floor(room * 0.5)))];
  });
  return [
    `${index + 1}. ${counted(hops.length, 'call')}, ${EVIDENCE[evidence]}`,
    `  ${paint.cyan(oneLine(first.name, columns - 40))}  ${paint.dim(tail(`${first.path}:${first.line}`, 34))}`,
    table(rows, { right: [0] }),
  ];
} // prettier-ignore

const where = ({ path, line, places }: Hop, width: number): string =>
  path === null ? '' : tail(`${path}:${line}${places > 1 ? ` +${places - 1}` : ''}`, width);

/** `12×`, or why there is no number. */
const counts = ({ evidence, count, detail }: Hop): string =>
  evidence === 'ran' ? `${grouped(count)}×` : detail;

function painted(hop: Hop, { paint }: Out): string {
  if (hop.evidence === 'ran') return paint.green(counts(hop));
  return hop.detail === 'never' ? paint.yellow(counts(hop)) : paint.dim(counts(hop));
}

function why({ kind, confidence, loop }: Hop): string {
  const words = kind === null ? '' : `${kind}${confidence === 'maybe' ? '?' : ''}`;
  return [words, loop === null || loop === kind ? '' : loop].filter((text) => text !== '').join(', ');
}

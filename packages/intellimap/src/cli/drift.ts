/** Differences between two runs on the terminal. Pure. */
import { said } from '../analyses/index.ts';
import type { Change, Drift } from '../query/index.ts';
import { counted, oneLine, tail } from './format.ts';
import type { Paint } from './terminal.ts';

export interface DriftLayout {
  paint: Paint;
  columns: number;
  /** Differences of each list. */
  rows: number;
}

const LISTS: [Change['because'], string][] = [
  ['behaviour', 'Same code, other behaviour'],
  ['code', 'Where the code changed'],
];

export function renderDrift(run: string, drift: Drift, layout: DriftLayout): string {
  const { bold, dim, yellow } = layout.paint;
  const known =
    drift.history.length > 0
      ? `${counted(drift.history.length, 'earlier run')} besides tell what differs anyhow`
      : 'no earlier runs tell what differs anyhow: record the command a few times';
  const head = [
    `${bold(counted(drift.changes.length, 'difference'))} between ${run} and ${drift.other}`,
    dim(`  ${known}`),
  ];
  const doubts = drift.doubts.map((doubt) => `  ${yellow(oneLine(doubt, layout.columns - 3))}`);
  const lists = LISTS.flatMap(([because, title]) => {
    const all = drift.changes.filter((change) => change.because === because);
    if (all.length === 0) return [];
    const shown = all.slice(0, layout.rows);
    const more =
      all.length > shown.length ? dim(`  (${shown.length} of ${all.length}, --all for the rest)`) : '';
    return [`${bold(title)}${more}\n${shown.map((change) => entry(change, layout)).join('\n')}`];
  });
  return [[...head, ...doubts].join('\n'), ...lists].join('\n\n');
}

/** Name and place on a line, what became of it below. */
function entry(change: Change, { paint, columns }: DriftLayout): string {
  const place = change.path === null ? '' : `${change.path}${change.line === null ? '' : `:${change.line}`}`;
  const forPlace = Math.min(place.length, Math.max(20, Math.floor(columns * 0.4)));
  const name = oneLine(change.subject, Math.max(20, columns - forPlace - 5));
  const sure = change.confidence === 'possible' ? paint.dim(' (possibly)') : '';
  return [
    `  ${paint.cyan(name)}${place === '' ? '' : `  ${paint.dim(tail(place, forPlace))}`}`,
    `      ${oneLine(said(change), columns - 18)}${sure}`,
  ].join('\n');
}

/** Plain columns, as wide as their widest cell. Pure. */

export interface TableOptions {
  /** Column titles. */
  head?: string[];
  /** Columns set flush right. */
  right?: number[];
}

/** Cells as text, two spaces in front of the first and between columns. */
export function table(rows: string[][], { head, right = [] }: TableOptions = {}): string {
  const all = head ? [head, ...rows] : rows;
  // Not `Math.max(...)`: a function takes some hundred thousand arguments at most.
  const widths = (all[0] ?? []).map((_, column) =>
    all.reduce((widest, row) => Math.max(widest, visible(row[column] ?? '')), 0),
  );
  return all
    .map((row) =>
      `  ${row.map((cell, column) => padded(cell, widths[column] ?? 0, right.includes(column))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function padded(cell: string, width: number, right: boolean): string {
  const gap = ' '.repeat(Math.max(0, width - visible(cell)));
  return right ? gap + cell : cell + gap;
}

/** Length on the screen: colour codes take no room. */
// eslint-disable-next-line no-control-regex
const visible = (text: string): number => text.replace(/\u001B\[\d+m/g, '').length;

/** Plain columns, as wide as their widest cell; cells that hold numbers are set flush right. */

/** Cells as text. @param head column titles, printed first. */
export function table(rows: string[][], head?: string[], indent = '  '): string {
  const all = head ? [head, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => visible(row[column] ?? ''))));
  const right = widths.map((_, column) => rows.length > 0 && rows.every((row) => /^[-\d.,%×µms ]*$|^$/.test(row[column] ?? '')));
  return all
    .map((row) =>
      (
        indent +
        row
          .map((cell, column) => {
            const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - visible(cell)));
            return right[column] ? gap + cell : cell + gap;
          })
          .join('  ')
      ).trimEnd(),
    )
    .join('\n');
}

/** Length on the screen: colour codes take no room. */
// eslint-disable-next-line no-control-regex
const visible = (text: string): number => text.replace(/\u001B\[\d+m/g, '').length;

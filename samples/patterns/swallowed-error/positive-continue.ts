// Records that fail are left out without a word.
export function parseAll(lines: string[], convert: (line: string) => object) {
  const records: object[] = [];
  for (const line of lines) {
    try {
      records.push(convert(line));
    } catch (error) {
      continue;
    }
  }
  return records;
}

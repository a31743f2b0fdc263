import { stripVTControlCharacters } from 'node:util';

const lengthOf = (painted: string): number => stripVTControlCharacters(painted).length;

/** Lines of whole words, at most `width` characters where words allow; colours take no room. Pure. */
export function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.trim().split(/\s+/)) {
    const line = lines[lines.length - 1];
    if (line === '') lines[lines.length - 1] = word;
    else if (lengthOf(line) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Texts of programs and files, for formats that give some characters a meaning. Pure. */
import { DIRECTION, NOT_XML } from '../../base/markup.ts';

/** A code span of Markdown: nothing in it is a link, a mention or HTML. */
export function codeSpan(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(NOT_XML, '\uFFFD')
    .replaceAll(DIRECTION, '\uFFFD')
    .trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The text of a workflow command of GitHub. */
export const commandText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property of one. */
export const commandProperty = (text: string): string =>
  commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

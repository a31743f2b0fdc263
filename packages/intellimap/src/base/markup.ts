/** Texts of programs and files, for formats that give some characters a meaning. Pure. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What XML 1.0 does not allow, and lone halves of surrogate pairs. */
const NOT_XML =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
/** Changes the direction of what follows. */
const DIRECTION = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** For HTML and XML, in text and in quoted attributes. */
export const markup = (text: string): string =>
  text
    .replaceAll(NOT_XML, '\uFFFD')
    .replaceAll(DIRECTION, '\uFFFD')
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char]);

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

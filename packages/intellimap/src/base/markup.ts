/** Texts of programs and files within HTML and XML. Pure. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What XML 1.0 does not allow, and lone halves of surrogate pairs. */
export const NOT_XML =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
/** Changes the direction of what follows. */
export const DIRECTION = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** For HTML and XML, in text and in quoted attributes. */
export const markup = (text: string): string =>
  text
    .replaceAll(NOT_XML, '\uFFFD')
    .replaceAll(DIRECTION, '\uFFFD')
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char]);

/** Text that is markup already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | null | false | readonly Part[];

/** Markup with texts in it, which are escaped: only what is `Markup` itself stays as it is. Lists stand one after the other, null and false are nothing. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...parts.map(partText)));

function partText(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(partText).join('');
  return markup(String(part));
}

/**
 * What messages of one error have in common: numbers, ids, dates, paths and quoted texts become placeholders. Pure.
 *
 *   no such order: 8f3e-11                        → no such order: #
 *   cannot read "/srv/app/a.json" at 10:02:33     → cannot read '…' at #
 *   cart.lines.at(...) is not a function          → *.at is not a function
 *
 * The probe itself puts `#` for words with a digit once a name has many messages, so a template is the same for a message and for its
 * pattern.
 */

/** Longer templates say nothing more. */
const MAX_LENGTH = 200;
/** Words with a digit, as the probe sees words: numbers, ids, dates. */
const WORD_WITH_DIGIT = /[\w\u0080-\uffff-]*\d[\w\u0080-\uffff-]*/g;
/** Hexadecimal numbers that happen to have no digit. */
const LETTERS_OF_HEX = /(?<![\w\u0080-\uffff-])[a-f]{8,}(?![\w\u0080-\uffff-])/gi;
/** Versions, addresses, times, lists: `#.#.#`, `#:#`, `#, #`. */
const RUN_OF_NUMBERS = /[-+]?#(?:%| ?[.,:;/+~×|-] ?#| #)*/g;

/** What V8 says of expressions: names of variables are left out, for they change; names of properties stay, for they tell causes apart. */
const V8_MESSAGES: readonly [RegExp, (...found: string[]) => string][] = [
  [/^Cannot (read|set) properties of (undefined|null)( \((?:reading|setting) '.+'\))?$/, (all) => all],
  [/^Cannot destructure property '([^']*)' of '.*' as it is (undefined|null)\.$/, (_, property, what) => `Cannot destructure property '${property}' of * as it is ${what}`],
  [/^Cannot destructure '.*' as it is (undefined|null)\.$/, (_, what) => `Cannot destructure * as it is ${what}`],
  [/^Cannot access '.+' before initialization$/, () => 'Cannot access * before initialization'],
  [/^(.+) is not a function or its return value is not (iterable|async iterable)$/, (_, expression, what) => `${propertyOf(expression)} or its result is not ${what}`],
  [/^(.+) is not (a function|iterable|async iterable|a constructor)(?: \(.*)?$/, (_, expression, what) => `${propertyOf(expression)} is not ${what}`],
]; // prettier-ignore

/** Placeholders; order matters: what comes first is not looked at again. */
const PLACEHOLDERS: readonly [RegExp, string][] = [
  [/(?<![a-z])[a-z][a-z+.]{1,20}:\/\/[^\s"'`<>]*/gi, '<url>'],
  [/[^\s"'`<>@:,;()]+@[^\s"'`<>@:,;()]+\.[^\s"'`<>@:,;()]+/g, '<address>'],
  [/(?<![^\s"'`([{=:,<])'[^']*(?:'(?![\w])|$)/g, "'…'"],
  [/(?<![^\s([{=:,<])"[^"]*(?:"|$)/g, "'…'"],
  [/(?<![^\s([{=:,<])`[^`]*(?:`|$)/g, "'…'"],
  [/[“«‘][^”»’]*(?:[”»’]|$)/g, "'…'"],
  [/(?<![^\s([{=:,<'])(?:[a-z]:)?(?:\.{0,2}[\\/])[^\s:'"`)\]}>,;]+|(?<![^\s([{=:,<'])[^\s:'"`([{<,;\\/]+(?:[\\/][^\s:'"`)\]}>,;\\/]+){2,}/gi, '<path>'],
]; // prettier-ignore

/** The template of a message: what is left when all that differs between two times is left out. At most 200 characters. */
export function templateOf(message: string): string {
  const text = firstLine(message)
    .replace(WORD_WITH_DIGIT, '#')
    .replace(LETTERS_OF_HEX, '#')
    .replace(/#+/g, '#');
  if (/^[[{] ?(?:["{[\]}#]|$)/.test(text)) return '<json>';
  for (const [pattern, say] of V8_MESSAGES) {
    const found = pattern.exec(text);
    if (found !== null) return say(...(found as unknown as string[])).slice(0, MAX_LENGTH);
  }
  const placed = PLACEHOLDERS.reduce(
    (rest, [pattern, placeholder]) => rest.replace(pattern, placeholder),
    text,
  );
  return placed
    .replace(RUN_OF_NUMBERS, '#')
    .replace(/'…'(?:(?:, ?| | and | or |, and |, or )'…')+/g, "'…'")
    .slice(0, MAX_LENGTH)
    .trim();
}

/** The first line that says anything: what follows are differences, lists, stacks. */
const firstLine = (message: string): string =>
  (message.split(/[\r\n]/).find((line) => line.trim() !== '') ?? '').replace(/\s+/g, ' ').trim();

/** `cart.lines.at` → `*.at`, `items` → `*`, `(intermediate value).map` → `*.map`, `undefined` stays. */
function propertyOf(expression: string): string {
  if (/^(?:undefined|null|object null|#)$/.test(expression)) return expression;
  const property = /\.([\w$]+)(?:\(\.\.\.\))?$/.exec(expression);
  return property === null ? '*' : `*.${property[1]}`;
}

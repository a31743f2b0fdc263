/** Previews of values as people read them: `Cart {id: 7n, lines: [3, …]}`. Pure; what comes out is not yet safe for a terminal. */

/** JSON of a preview → text. What is no preview comes out as it is. */
export function previewText(preview: string): string {
  try {
    return textOf(JSON.parse(preview), 0);
  } catch {
    return preview;
  }
}

/** Deeper ones were not made by a probe. */
const MAX_DEPTH = 20;
const MORE = '…';

type Tagged = Record<string, unknown> & { $: string };

function textOf(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) return MORE;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = (each: unknown): string => textOf(each, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  const properties = (all: unknown): string =>
    Object.entries(all ?? {})
      .map(([key, each]) => `${keyText(key)}: ${inner(each)}`)
      .join(', ');
  return typeof (value as Partial<Tagged>).$ === 'string'
    ? taggedText(value as Tagged, inner, properties)
    : `{${properties(value)}}`;
}

function taggedText(
  tagged: Tagged,
  inner: (value: unknown) => string,
  properties: (all: unknown) => string,
): string {
  const { $, class: name, value, size, length, items, entries, values, props, message } = tagged;
  const of = wordOf(name);
  const more = (shown: unknown, all: unknown): string =>
    typeof all === 'number' && all > countOf(shown)
      ? `${countOf(shown) > 0 ? ', ' : ''}${MORE} ${all} in all`
      : '';
  const list = (shown: unknown, text: (each: unknown) => string): string =>
    Array.isArray(shown) ? shown.map(text).join(', ') : '';
  switch ($) {
    case 'undefined':
    case 'circular':
    case 'getter':
    case 'proxy':
    case 'hole':
      return $ === 'undefined' ? $ : `<${$}>`;
    case 'redacted':
      return wordOf(value) || '<redacted>';
    case 'cut':
      return MORE;
    case 'number':
      return wordOf(value);
    case 'bigint':
      return value === undefined ? `${MORE}n` : `${wordOf(value)}n`;
    case 'symbol':
      return wordOf(value);
    case 'string':
      return `${JSON.stringify(value)}${MORE} (${wordOf(length)} characters)`;
    case 'function':
      return `<function ${wordOf(tagged['name'])}>`;
    case 'date':
      return `Date(${value === null ? 'invalid' : wordOf(value)})`;
    case 'regexp':
      return `${wordOf(value)}${wordOf(tagged['flags'])}`;
    case 'boxed':
      return `Object(${inner(value)})`;
    case 'promise':
      return `<${of || 'Promise'}>`;
    case 'buffer':
      return `<${wordOf(length)} bytes>`;
    case 'array':
      return `${of && `${of} `}[${list(items, inner)}${more(items, length)}]`;
    case 'map':
      return `${of || 'Map'} {${list(entries, (pair) => (Array.isArray(pair) ? `${inner(pair[0])} => ${inner(pair[1])}` : inner(pair)))}${more(entries, size)}}`;
    case 'set':
      return `${of || 'Set'} {${list(values, inner)}${more(values, size)}}`;
    case 'error':
      return `${of || 'Error'}: ${typeof message === 'string' ? message : inner(message)}${props === undefined ? '' : ` {${properties(props)}}`}`;
    default:
      return `${of && `${of} `}{${tagged['cut'] === true ? MORE : properties(props)}${more(props, size)}}`;
  }
}

/** Recordings are not to be trusted: anything may be where a text or number should be. */
const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : '';

const countOf = (shown: unknown): number =>
  Array.isArray(shown)
    ? shown.length
    : typeof shown === 'object' && shown !== null
      ? Object.keys(shown).length
      : 0;

const keyText = (key: string): string => (/^[\w$]+$/.test(key) ? key : JSON.stringify(key));

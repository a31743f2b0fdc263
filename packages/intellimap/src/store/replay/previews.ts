/** What a preview says of a value. Previews are JSON: FORMATS.md tells what a `$` in them means. Recordings are not to be trusted. */

export interface PreviewFacts {
  /** `number`, `string`, `array`, …; of objects the name of their class, where it is known. */
  type: string;
  /** Something was left out. */
  truncated: boolean;
  /** Something was secret. */
  redacted: boolean;
}

/** Deeper ones were not made by a probe. */
const MAX_DEPTH = 20;

type Tagged = Record<string, unknown> & { $: string };

export function previewFacts(preview: unknown): PreviewFacts {
  const facts = { type: typeOf(preview), truncated: false, redacted: false };
  look(preview, facts, 0);
  return facts;
}

export const isTagged = (value: unknown): value is Tagged =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Tagged>).$ === 'string';

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (!isTagged(value)) return typeof value;
  const named = typeof value['class'] === 'string' && value['class'] !== '';
  return named ? String(value['class']) : value.$;
}

function look(value: unknown, facts: PreviewFacts, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return;
  if (isTagged(value)) {
    if (value.$ === 'redacted') facts.redacted = true;
    if (isCut(value)) facts.truncated = true;
  }
  for (const part of Object.values(value)) look(part, facts, depth + 1);
}

function isCut(value: Tagged): boolean {
  const { $, size, length } = value;
  if ($ === 'cut' || value['cut'] === true || $ === 'string') return true;
  const shown = value['items'] ?? value['entries'] ?? value['values'];
  const count = typeof size === 'number' ? size : typeof length === 'number' ? length : 0;
  if ($ === 'object' || $ === 'error') return typeof size === 'number';
  return $ !== 'buffer' && count > (Array.isArray(shown) ? shown.length : 0);
}

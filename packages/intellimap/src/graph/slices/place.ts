/** `src/a.ts:12`, `src/a.ts:12:7`, `src/a.ts:12:total` → a place. Pure. */
import type { SlicePlace } from './slice.ts';

/** @returns undefined: it says no line */
export function parsePlace(text: string): SlicePlace | undefined {
  const [, path, line, on] = /^(.+?):(\d{1,9})(?::([^:]+))?$/s.exec(text) ?? [];
  if (path === undefined) return undefined;
  const place = { path, line: Number(line) };
  if (on === undefined) return place;
  return /^\d+$/.test(on) ? { ...place, column: Number(on) } : { ...place, name: on };
}

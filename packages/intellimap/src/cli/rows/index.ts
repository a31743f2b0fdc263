/** Formats of `intellimap query --format`. */
import { csv } from './csv.ts';
import { json, ndjson } from './json.ts';
import { tabular, vertical } from './table.ts';
import type { Format } from './writer.ts';

export const FORMATS = { table: tabular, vertical, json, ndjson, csv } satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

/**
 * Whose functions spans stand for that came while a run went on: told when it has ended, as what is known of the workspace is in the database, which is not
 * loaded while a run goes on. I/O: `imported/spans.ndjson` of the run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Attribution, functionOfSpan, Sources } from '../exchange/index.ts';
import { knownFunctions } from '../query/index.ts';
import { wholeLines } from '../store/whole-lines.ts';
import { workspaceReader } from './import-input.ts';
import { writeFileWhole } from './output.ts';

/** Attributes that name a place. */
const PLACE = /"(?:code\.|intellimap\.node_id)/;

export async function attributeSpans(root: string, folder: string): Promise<void> {
  const file = join(folder, 'imported', 'spans.ndjson');
  if (!existsSync(file) || !(await namesPlaces(file))) return;
  const attribution = new Attribution(await knownFunctions(root));
  const sources = new Sources(root, workspaceReader(root));
  await writeFileWhole(file, lines());

  async function* lines(): AsyncGenerator<string> {
    for await (const line of wholeLines(file)) yield `${attributed(line)}\n`;
  }

  function attributed(line: string): string {
    if (!PLACE.test(line.replaceAll('\\"', '"'))) return line;
    const row = JSON.parse(line) as { attributes: string };
    const attributes = JSON.parse(row.attributes) as Record<string, unknown>;
    return JSON.stringify({ ...row, ast_node_id: functionOfSpan(attributes, sources, attribution) });
  }
}

async function namesPlaces(file: string): Promise<boolean> {
  for await (const line of wholeLines(file)) if (PLACE.test(line.replaceAll('\\"', '"'))) return true;
  return false;
}

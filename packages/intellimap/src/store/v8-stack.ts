/** V8's own text of a stack → places in recorded files. Pure. */
import type { SiteTable } from '../base/recording.ts';
import { isFunction, type Program } from './program-sites.ts';

export interface StackPlace {
  path: string;
  line: number;
  /** UTF-16 units from 0 */
  column: number;
  /** `ast_node_id` of the innermost function (or module body) around it; null: none is known there. */
  function: string | null;
}

/** The lines that are in recorded files, innermost first. */
export function placesIn(stack: string, program: Program): StackPlace[] {
  return stack.split('\n').flatMap((text) => {
    const match = /\(?(?:file:\/\/)?([^()\s]+):(\d+):(\d+)\)?$/.exec(text);
    if (match === null) return [];
    // `total@src/cart.ts:3:14`, as Firefox and Safari write it.
    const table = fileNamed(match[1], program) ?? fileNamed(match[1].replace(/^[^@]*@/, ''), program);
    if (table === undefined) return [];
    const [line, column] = [Number(match[2]), Number(match[3]) - 1];
    return [{ path: table.path, line, column, function: functionAt(table, line, column) }];
  });
}

/** The newest table of a file, by its path in the workspace or what ends in it. */
export function fileNamed(file: string, { files }: Program): SiteTable | undefined {
  const exact = files.get(file);
  if (exact !== undefined) return exact;
  for (const [path, table] of files) if (file.endsWith(`/${path}`)) return table;
  return undefined;
}

/** Sites are in order of appearance, so the last one around a place is the innermost. */
function functionAt({ sites }: SiteTable, line: number, column: number): string | null {
  const around = sites.findLast(
    (site) =>
      isFunction(site) &&
      (site.line < line || (site.line === line && site.column <= column)) &&
      (site.endLine > line || (site.endLine === line && site.endColumn > column)),
  );
  return around?.id ?? null;
}

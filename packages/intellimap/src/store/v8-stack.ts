/** V8's own text of a stack → places in recorded files. Pure. */
import type { Site, SiteTable } from '../base/recording.ts';
import { isFunction, type ProcessMap, type Program } from './program-sites.ts';

export interface StackPlace {
  path: string;
  line: number;
  /** UTF-16 units from 0 */
  column: number;
  /** `ast_node_id` of the innermost function (or module body) around it; null: none is known there. */
  function: string | null;
}

interface Frame {
  /** As V8 tells it; `''`: none. */
  name: string;
  path: string;
  line: number;
  column: number;
}

/** The lines that are in recorded files, innermost first. @param sites of the process whose stack it is */
export function placesIn(stack: string, program: Program, sites: Pick<ProcessMap, 'versions'>): StackPlace[] {
  const frames = framesIn(stack, program);
  const tables = new Map<string, SiteTable>();
  for (const { path } of frames) {
    if (tables.has(path)) continue;
    const own = frames.filter((frame) => frame.path === path);
    tables.set(path, versionOf(own, sites.versions(path)) ?? program.files.get(path)!);
  }
  return frames.map(({ path, line, column }) => {
    const around = functionAt(tables.get(path)!, line, column);
    return { path, line, column, function: around?.id ?? null };
  });
}

function framesIn(stack: string, program: Program): Frame[] {
  return stack.split('\n').flatMap((text) => {
    const match = /\(?(?:file:\/\/)?([^()\s]+):(\d+):(\d+)\)?$/.exec(text);
    if (match === null) return [];
    // `total@src/cart.ts:3:14`, as Firefox and Safari write it.
    const table = fileNamed(match[1], program) ?? fileNamed(match[1].replace(/^[^@]*@/, ''), program);
    if (table === undefined) return [];
    const name = /^\s*at (?:async |new )?([^\s(]+) \(/.exec(text)?.[1] ?? '';
    return [{ name: lastName(name), path: table.path, line: Number(match[2]), column: Number(match[3]) - 1 }];
  });
}

/** Pages are edited while they run: that text in which most functions stand where the stack has them, of alike ones the newest. @param versions newest first */
function versionOf(frames: readonly Frame[], versions: readonly SiteTable[]): SiteTable | undefined {
  if (versions.length < 2) return versions[0];
  const fitting = (table: SiteTable): number =>
    frames.filter(({ name, line, column }) => {
      const around = functionAt(table, line, column);
      return name !== '' && around !== undefined && lastName(around.name) === name;
    }).length;
  const counts = versions.map(fitting);
  return versions[counts.indexOf(Math.max(...counts))];
}

const lastName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The newest table of a file, by its path in the workspace or what ends in it. */
export function fileNamed(file: string, { files }: Program): SiteTable | undefined {
  const exact = files.get(file);
  if (exact !== undefined) return exact;
  for (const [path, table] of files) if (file.endsWith(`/${path}`)) return table;
  return undefined;
}

/** Sites are in order of appearance, so the last one around a place is the innermost. */
function functionAt({ sites }: SiteTable, line: number, column: number): Site | undefined {
  return sites.findLast(
    (site) =>
      isFunction(site) &&
      (site.line < line || (site.line === line && site.column <= column)) &&
      (site.endLine > line || (site.endLine === line && site.endColumn > column)),
  );
}

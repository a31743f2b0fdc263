/**
 * What a thread writes about the modules it loads: site tables (one file a version of a source file, shared by all
 * threads and processes of the run) and an append-only list of loads, skips and resolutions. Everything is on disk before
 * the module runs, so that even a program killed at once can be explained.
 */
import { mkdirSync, openSync, renameSync, existsSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ModuleLine, SiteTable } from '../base/recording.ts';
// Not from the entry: that brings the parser.
import { type Moves, movesToJson } from '../transform/3-rewrite/moves.ts';

export interface Journal {
  write: (line: ModuleLine) => void;
  /** Keeps a site table under its key; a table that is there already is the same one. */
  keep: (key: string, table: SiteTable) => void;
  /** Keeps where the places of a text went that cannot be made again from its file. */
  keepMoves: (base: number, moves: Moves) => void;
}

/** File of the moves of a text that a process loaded with sites from `base` on. */
export const movesFile = (runDir: string, pid: number, base: number): string =>
  join(runDir, 'moves', `${pid}-${base}.json`);

/** @param writer names the writing thread, e.g. `4711-0` for a main thread and `4711-0h` for its hooks thread. */
export function openJournal(runDir: string, writer: string): Journal {
  const sites = join(runDir, 'sites');
  let file: number | undefined;
  const resolved = new Set<string>();

  const write = (line: ModuleLine): void => {
    if (line.t === 'resolve') {
      const edge = `${line.from}\0${line.specifier}`;
      if (resolved.has(edge)) return;
      resolved.add(edge);
    }
    if (file === undefined) {
      const folder = join(runDir, 'modules');
      mkdirSync(folder, { recursive: true });
      file = openSync(join(folder, `${writer}.ndjson`), 'a');
    }
    // One write a line: O_APPEND keeps lines whole even when a thread dies in the middle of its work.
    writeSync(file, `${JSON.stringify(line)}\n`);
  };

  const keep = (key: string, table: SiteTable): void => {
    const target = join(sites, `${key}.json`);
    if (existsSync(target)) return;
    mkdirSync(sites, { recursive: true });
    const draft = `${target}.${writer}.tmp`;
    writeFileSync(draft, JSON.stringify(table));
    renameSync(draft, target);
  };

  const keepMoves = (base: number, moves: Moves): void => {
    const target = movesFile(runDir, process.pid, base);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, movesToJson(moves));
  };

  return { write, keep, keepMoves };
}

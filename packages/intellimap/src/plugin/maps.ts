/** Source maps of what was bundled, kept with the build: with them, places in stacks are led back to the source. I/O: its folder. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files that a bundler is about to write, as Rollup has them. */
export type Outputs = Record<string, { type: string; source?: unknown }>;

/** Those that are maps: name and text. */
export const mapsIn = (outputs: Outputs): [name: string, source: unknown][] =>
  Object.entries(outputs).flatMap(([name, { type, source }]): [string, unknown][] =>
    type === 'asset' && name.endsWith('.map') ? [[name, source]] : [],
  );

export function keepMaps(folder: string, maps: [name: string, source: unknown][]): void {
  for (const [name, source] of maps) keepMap(folder, name, source);
}

/** @param name of the map, relative to where the bundle goes: `assets/index-C1.js.map` */
function keepMap(folder: string, name: string, source: unknown): void {
  // Names are the bundler's; they stay within the folder.
  const file = join(folder, 'maps', name.replaceAll('..', '_'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source instanceof Uint8Array ? source : String(source));
}

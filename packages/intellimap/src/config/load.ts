/**
 * `intellimap.config.*` of a workspace → settings. I/O: reads, and unless it is JSON runs, that one file.
 * Whatever is wrong with it is the user's to mend, so it ends as a Fault (USAGE) with the file, the key and what is allowed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { ExitCode, explainFileError, Fault } from '../base/fault.ts';
import { isRecord } from '../base/is-record.ts';
import { checkSettings, DEFAULTS, SECTIONS, type Settings } from '../base/settings/index.ts';
import { importConfig } from './import.ts';

/** In the order in which messages list them. */
export const CONFIG_NAMES = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map(
  (extension) => `intellimap.config.${extension}`,
);

export interface Configuration {
  /** null: there is no file, and all is as by default. */
  file: string | null;
  settings: Settings;
  /** Key paths that the file says, e.g. `record.tier`. */
  said: ReadonlySet<string>;
  /** What `extend` says, as it is: `loadExtensions` looks at it when something is to be done with them. Absent: nothing. */
  extend?: unknown;
}

/** The file of a workspace; null: there is none. @throws Fault when there are two. */
export function findConfig(root: string): string | null {
  const found = CONFIG_NAMES.filter((name) => existsSync(join(root, name)));
  if (found.length > 1)
    throw new Fault(
      ExitCode.USAGE,
      `there are ${found.length} configurations in ${root}: ${found.join(', ')}`,
      'Keep one of them.',
    );
  return found.length === 0 ? null : join(root, found[0]);
}

/**
 * @param file instead of the one in the root
 * @throws Fault (USAGE) that names each key that is wrong
 */
export async function loadConfig(
  root: string,
  file: string | null = findConfig(root),
): Promise<Configuration> {
  if (file === null) return { file, settings: DEFAULTS, said: new Set() };
  const raw = extname(file) === '.json' ? readJson(file) : await importConfig(file);
  const { extend, sections } = withoutExtend(raw);
  const { settings, said, problems } = checkSettings(sections, SECTIONS);
  if (problems.length > 0)
    throw new Fault(
      ExitCode.USAGE,
      problems.map((problem) => `${basename(file)}: ${problem}`).join('\n  '),
      'docs/configuration.md lists all settings; "intellimap config" prints those that hold.',
    );
  return { file, settings: settings as unknown as Settings, said, ...(extend !== undefined && { extend }) };
}

/** Whatever is wrong with an extension is no reason not to record. */
function withoutExtend(raw: unknown): { extend?: unknown; sections: unknown } {
  if (!isRecord(raw)) return { sections: raw };
  const { extend, ...sections } = raw;
  return { extend, sections };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Fault(ExitCode.USAGE, `cannot read ${explainFileError(error as NodeJS.ErrnoException, file)}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault(
      ExitCode.USAGE,
      `${basename(file)} is not JSON: ${(error as Error).message}`,
      'JSON knows no comments and no trailing commas; intellimap.config.js does.',
    );
  }
}

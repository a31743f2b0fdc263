/**
 * What pages are recorded with: what the plugin was told takes the place of what the run around it was told, and that of what the workspace says.
 * I/O: the run's file, or the workspace's configuration.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../base/fault.ts';
import type { RunFile } from '../base/recording.ts';
import { loadConfig } from '../config/index.ts';
import { globProblem } from '../load/globs.ts';
import { recordedHere } from './dev-run.ts';
import type { IntelliMapOptions } from './options.ts';

export interface PageSettings {
  /** Globs, relative to the workspace. */
  include: string[];
  exclude: string[];
  /** Parts of names that are secret beside the usual. */
  redact: string[];
}

/** @throws Error with what is wrong: bundlers show nothing of an error but its message */
export async function pageSettings(
  root: string,
  { include, exclude }: Pick<IntelliMapOptions, 'include' | 'exclude'>,
): Promise<PageSettings> {
  const around = settingsAround() ?? (await settingsOf(root));
  const settings = { ...around, ...(include && { include }), ...(exclude && { exclude }) };
  const problem = [...settings.include, ...settings.exclude].map(globProblem).find(Boolean);
  if (problem !== undefined) throw new Error(`intellimap: ${problem}`);
  return settings;
}

/** Undefined: nobody records this process. */
function settingsAround(): PageSettings | undefined {
  const { runDir, redaction } = recordedHere() ?? {};
  if (runDir === undefined) return undefined;
  const { include, exclude } = JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8')) as RunFile;
  return { include, exclude, redact: redaction?.names ?? [] };
}

async function settingsOf(root: string): Promise<PageSettings> {
  try {
    const { include, exclude, redact } = (await loadConfig(root)).settings.record;
    return { include: [...include], exclude: [...exclude], redact: [...redact] };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Error(`intellimap: ${error.message}\n  ${error.advice ?? ''}`.trimEnd(), { cause: error });
  }
}

/** Scenario files: which there are, what they are called, and the functions in them. I/O: reads folders, imports files. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
import { ExitCode, Fault } from '../base/fault.ts';
import { importModule } from '../config/import.ts';
import type { ScenarioTools } from './tools.ts';

/** Where scenarios lie that nobody names. */
export const DEFAULT_PACK = 'scenarios';

export interface ScenarioFile {
  /** Absolute. */
  path: string;
  /** Relative to the workspace, with `/`. */
  file: string;
  /** Of the file, without what tells its kind: `checkout` of `checkout.scenario.mjs`. A label of its run. */
  name: string;
}

export type Scenario = (tools: ScenarioTools) => unknown;

const KINDS = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts']);

/**
 * @param named files and folders as they were typed; none: the folder `scenarios` of the workspace
 * @throws Fault when there is none, or two have one name
 */
export function scenarioFiles(root: string, cwd: string, named: readonly string[]): ScenarioFile[] {
  const given = named.length > 0 ? named.map((each) => resolve(cwd, each)) : [join(root, DEFAULT_PACK)];
  const paths = [...new Set(given.flatMap((each) => filesAt(each, named.length > 0)))];
  if (paths.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      named.length > 0
        ? `there is no scenario in ${named.join(', ')}`
        : `there is no folder ${DEFAULT_PACK}/ with scenarios here`,
      'A scenario is a file with: export default async ({ page, step }) => { … }',
    );
  const files = paths.map((path) => {
    const file = relative(root, path).split(sep).join('/');
    return { path, file, name: nameOf(path) };
  });
  for (const { name, file } of files) {
    const other = files.find((each) => each.name === name && each.file !== file);
    if (other !== undefined)
      throw new Fault(
        ExitCode.USAGE,
        `two scenarios are called ${name}: ${file} and ${other.file}`,
        'Runs are told apart by the name.',
      );
  }
  return files;
}

function filesAt(path: string, isNamed: boolean): string[] {
  if (!existsSync(path)) {
    if (isNamed) throw new Fault(ExitCode.NOT_FOUND, `there is no ${path}`);
    return [];
  }
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        isScenario(entry.name) &&
        !/[/\\]node_modules[/\\]/.test(join(entry.parentPath, 'x')),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** What begins with `_` or `.` is there to be imported. */
const isScenario = (name: string): boolean => KINDS.has(extname(name)) && !/^[._]|\.d\.m?ts$/.test(name);

/** As labels of runs are. */
export const nameOf = (path: string): string =>
  basename(path, extname(path))
    .replace(/\.scenario$/, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
    .slice(0, 60) || 'scenario';

/** @throws Fault when it cannot be run, or exports no function */
export async function loadScenario({ path, file }: ScenarioFile): Promise<Scenario> {
  const exported = await importModule(path);
  if (typeof exported === 'function') return exported as Scenario;
  throw new Fault(
    ExitCode.USAGE,
    `${file} exports no scenario`,
    'It takes: export default async ({ page, step }) => { … }',
  );
}

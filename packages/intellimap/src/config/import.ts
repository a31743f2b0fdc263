/** Runs a configuration that is a program, and takes what it exports. I/O: imports the file. */
import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExitCode, Fault } from '../base/fault.ts';
import { plainModule } from './plain-module.ts';

const ADVICE = 'It exports its settings: export default defineConfig({ … })';

/** Those that run right now. */
const running = new Set<string>();

/** The default export of a program in the workspace, whether it is typed or not. @throws Fault when it cannot be run, or never comes to its end. */
export async function importModule(file: string): Promise<unknown> {
  let onIdle = (): void => undefined;
  const isStuck = new Promise<never>((_, reject) => {
    // Nothing is left to wait for, so that what the file waits for never comes: Node would end the process without a word.
    onIdle = () =>
      reject(
        new Fault(
          ExitCode.USAGE,
          `${basename(file)} never comes to its end: it waits for something that never happens`,
        ),
      );
  });
  running.add(file);
  process.once('beforeExit', onIdle);
  try {
    return await Promise.race([exportedBy(file), isStuck]);
  } finally {
    process.off('beforeExit', onIdle);
    running.delete(file);
  }
}

/** Asked while the process ends: a file of the workspace that was running may have ended it, which would look as if all were well. */
export function endedBy(code: number): Fault | undefined {
  for (const file of running)
    return new Fault(ExitCode.USAGE, `${basename(file)} ended the process (process.exit(${code}))`, ADVICE);
  return undefined;
}

async function exportedBy(file: string): Promise<unknown> {
  const isTyped = /^\.m?ts$/.test(extname(file));
  const url = isTyped && !runsTypes() ? await plainUrl(file) : freshUrl(file);
  const { default: exported } = await quietly(() => imported(url))
    .catch(async (error: unknown) => {
      // Run from elsewhere (npx), the workspace does not have us: then the file gets ours.
      if (isOursMissing(error)) return await imported(await plainUrl(file));
      throw error;
    })
    .catch((error: unknown) => {
      throw importFault(file, error);
    });
  return exported;
}

/** As `importModule`. @throws Fault also when it exports nothing, or a function. */
export async function importConfig(file: string): Promise<unknown> {
  const exported = await importModule(file);
  if (exported === undefined)
    throw new Fault(ExitCode.USAGE, `${basename(file)} has no default export`, ADVICE);
  if (typeof exported === 'function')
    throw new Fault(ExitCode.USAGE, `${basename(file)} exports a function; an object is wanted`, ADVICE);
  // It may be a promise.
  return await Promise.resolve(exported);
}

/** Node runs files with types by itself from 22.18 on. */
const runsTypes = (): boolean => Boolean((process.features as { typescript?: unknown }).typescript);

/** A process that lives long sees changes of the file: Node remembers modules by their URL. */
const freshUrl = (file: string): string => `${pathToFileURL(file).href}?${statSync(file).mtimeMs}`;

/** The program without its types, as an URL that holds it: nothing is written anywhere. */
async function plainUrl(file: string): Promise<string> {
  const text = await plainModule(readFileSync(file, 'utf8'), file);
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
}

/** Without Node's remarks about packages that do not name their type, and about types. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const emitWarning = process.emitWarning.bind(process);
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    const isRemark = rest.some((each) => /MODULE_TYPELESS|ExperimentalWarning/.test(codeOf(each)));
    if (!isRemark) emitWarning(warning, ...(rest as [string]));
  };
  try {
    return await work();
  } finally {
    if (before !== undefined) Object.defineProperty(process, 'emitWarning', before);
  }
}

const codeOf = (option: unknown): string => {
  if (typeof option === 'string') return option;
  const { code, type } = (option ?? {}) as { code?: unknown; type?: unknown };
  return `${String(code)} ${String(type)}`;
};

const imported = async (url: string): Promise<{ default?: unknown }> =>
  (await import(url)) as { default?: unknown };

const isOursMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND' &&
  /package 'intellimap'/.test((error as Error).message);

function importFault(file: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Fault(
    ExitCode.USAGE,
    `${basename(file)} cannot be run: ${message.split('\n', 1)[0].slice(0, 500)}`,
  );
}

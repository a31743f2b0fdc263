/** Child processes of the program are recorded too: whatever starts one gets our environment, however it is started. */
import childProcess from 'node:child_process';
import { pairsWithOwn, withOwn, type OwnEnvironment } from './environment.ts';
import { patchFunction, quietly } from './patch.ts';

interface SpawnOptions {
  env?: Record<string, string | undefined> | null;
  envPairs?: string[];
}

/** `leaving` runs before this process is replaced by another (`process.execve`). */
export function followChildren(own: OwnEnvironment, leaving: () => void): void {
  // spawn, exec, execFile and fork all end here.
  patchFunction(childProcess.ChildProcess.prototype, 'spawn', (call, args) => {
    quietly(() => {
      const options = args[0] as SpawnOptions;
      const pairs =
        options.envPairs ?? Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
      options.envPairs = pairsWithOwn(pairs, own);
    });
    return call(args);
  });
  const withOptionsAt =
    (find: (args: unknown[]) => number) => (call: (args: unknown[]) => unknown, args: unknown[]) =>
      call(quietly(() => withOptions(args, find(args), own)) ?? args);
  patchFunction(
    childProcess,
    'execSync',
    withOptionsAt(() => 1),
  );
  patchFunction(childProcess, 'spawnSync', withOptionsAt(afterArguments));
  patchFunction(childProcess, 'execFileSync', withOptionsAt(afterArguments));
  patchFunction(process, 'execve', (call, args) => {
    quietly(leaving);
    return call(
      quietly(() => [args[0], args[1], withOwn((args[2] ?? process.env) as NodeJS.ProcessEnv, own)]) ?? args,
    );
  });
}

/** `(file, args?, options?)`: where the options stand. */
const afterArguments = (args: unknown[]): number =>
  typeof args[1] === 'object' && args[1] !== null && !Array.isArray(args[1]) ? 1 : 2;

function withOptions(args: unknown[], at: number, own: OwnEnvironment): unknown[] {
  const given = args[at];
  if (given !== undefined && given !== null && typeof given !== 'object') return args;
  const options: SpawnOptions | null | undefined = given;
  if (options?.env !== undefined && typeof options.env !== 'object') return args;
  const result = [...args];
  while (result.length < at) result.push(undefined);
  result[at] = { ...options, env: withOwn(options?.env || process.env, own) };
  return result;
}

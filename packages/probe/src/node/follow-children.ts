/** Child processes of the program are recorded too: whatever starts one gets our environment, however it is started. */
import childProcess from 'node:child_process';
import { pairsWithOwn, withOwn, type OwnEnvironment } from './environment.ts';
import { patchLeaf, quietly } from './patch.ts';

interface SpawnOptions {
  env?: Record<string, string | undefined> | null;
  envPairs?: string[];
}

/** `leaving` runs before this process is replaced by another (`process.execve`). */
export function followChildren(own: OwnEnvironment, leaving: () => void): void {
  // spawn, exec, execFile and fork all end here.
  patchLeaf(childProcess.ChildProcess.prototype, 'spawn', (args) => {
    const options = args[0] as SpawnOptions;
    const pairs = options.envPairs ?? Object.entries(process.env).map(([name, value]) => `${name}=${value}`);
    options.envPairs = pairsWithOwn(pairs, own);
    return undefined;
  });
  patchLeaf(childProcess, 'execSync', (args) => withOptions(args, 1, own));
  for (const name of ['spawnSync', 'execFileSync'])
    patchLeaf(childProcess, name, (args) => withOptions(args, afterArguments(args), own));
  patchLeaf(process, 'execve', ([file, args, env]) => {
    quietly(leaving);
    return [file, args, withOwn((env ?? process.env) as NodeJS.ProcessEnv, own)];
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

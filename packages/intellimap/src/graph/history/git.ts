/** Asks git about the past, without a checkout: lines as they come, and contents by name. I/O: runs `git`. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { ExitCode, Fault } from '../../base/fault.ts';

/** Nothing that a repository configures may change what is asked, run a program, or wait for a lock. */
const CONFIGURED = {
  'color.grep': 'false',
  'core.fsmonitor': 'false',
  'core.quotePath': 'false',
  'diff.renameLimit': '1000',
  'grep.fullName': 'false',
  'i18n.logOutputEncoding': 'UTF-8',
  'log.follow': 'false',
  'log.showSignature': 'false',
  'submodule.recurse': 'false',
};
const PLAIN = [
  '--no-optional-locks',
  '--literal-pathspecs',
  ...Object.entries(CONFIGURED).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

export const start = (folder: string, args: readonly string[]): ChildProcessWithoutNullStreams => {
  const git = spawn('git', [...PLAIN, ...args], { cwd: folder, windowsHide: true });
  // Who is ended while it is told something says so here; how it ended is told by `close`.
  git.stdin.on('error', () => undefined);
  return git;
};

/**
 * What git prints, in pieces that `separator` ends; it is ended when nobody wants more.
 * @throws Fault (FAILED) with what git said, when it fails
 */
export async function* pieces(
  folder: string,
  args: readonly string[],
  separator = '\0',
): AsyncGenerator<string> {
  const git = start(folder, args);
  const ended = endOf(git);
  git.stdin.end();
  git.stdout.setEncoding('utf8');
  let rest = '';
  try {
    for await (const text of git.stdout as AsyncIterable<string>) {
      const parts = (rest + text).split(separator);
      rest = parts.pop()!;
      yield* parts;
    }
    const problem = await ended;
    if (problem !== null) throw new Fault(ExitCode.NOT_FOUND, `git ${args[0]}: ${problem}`);
    if (rest !== '') yield rest;
  } finally {
    git.kill();
  }
}

/** null: it ended well; otherwise why not, in one line. */
function endOf(git: ChildProcessWithoutNullStreams): Promise<string | null> {
  let said = '';
  git.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  return new Promise((resolve) => {
    git.on('error', ({ message }) => resolve(message));
    git.on('close', (code) =>
      resolve(code === 0 ? null : (said.trim().split('\n').at(-1) ?? '') || `exit code ${code}`),
    );
  });
}

/** All that it prints; null where it fails: no git, no repository, no such commit. */
export async function said(folder: string, ...args: string[]): Promise<string | null> {
  try {
    let text = '';
    for await (const piece of pieces(folder, args, '\n')) text += `${piece}\n`;
    return text.trim();
  } catch {
    return null;
  }
}

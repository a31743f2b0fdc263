// Starting other programs from the scripts: one place, so that every script reports and fails alike.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository root, with no trailing slash. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** One line about what a script is doing. On stderr: stdout belongs to the program that was asked for. */
export function say(text) {
  process.stderr.write(`» ${text}\n`);
}

/**
 * Runs a program from the repository root and resolves to its exit code, never rejects.
 * A program that cannot be started is 127, one that was killed by a signal is 1, as a shell would nearly say.
 */
export function run(command, args = [], options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) => {
      say(`${command} cannot be started: ${error.message}`);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Runs a JavaScript file with this very Node. */
export function runNode(file, args = [], options) {
  return run(process.execPath, [file, ...args], options);
}

/** Runs the command line of an installed development tool, such as `tsc` or `vitest`. */
export function runTool(name, args = [], options) {
  return run(path.join(root, 'node_modules', '.bin', name), args, options);
}

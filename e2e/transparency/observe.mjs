/** Runs a command, recorded or not, and tells all that somebody beside it can see. */
import { spawn } from 'node:child_process';
import { dirname, delimiter } from 'node:path';
import { cleanEnvironment, intellimapBin } from '../_consumer.mjs';

const TIMEOUT_MS = 60_000;

/**
 * @typedef {object} Observation
 * @property {number|null} code
 * @property {string|null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/**
 * @param {object} what
 * @param {string[]} what.command its first word `node` is the version under test
 * @param {string} what.cwd
 * @param {string} what.node executable; it comes first in PATH
 * @param {string|null} what.tier null: plain
 * @param {string} [what.input] for stdin
 * @param {{send: string, when: string}} [what.signal] sent as soon as stdout contains `when`
 * @param {Record<string, string>} [what.env]
 * @returns {Promise<Observation>}
 */
export function observe({ command, cwd, node, tier, input, signal, env = {}, include = [] }) {
  const options = ['--no-summary', '--tier', tier, ...include.flatMap((glob) => ['--include', glob])];
  const words = tier === null ? command : [intellimapBin(), 'run', ...options, '--', ...command];
  const path = `${dirname(node)}${delimiter}${process.env['PATH']}`;
  return new Promise((done, fail) => {
    const child = spawn(words[0], words.slice(1), { cwd, env: cleanEnvironment({ PATH: path, ...env }) });
    const seen = { stdout: '', stderr: '' };
    let sent = false;
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => {
        seen[name] += text;
        if (sent || !signal || !seen.stdout.includes(signal.when)) return;
        sent = true;
        child.kill(signal.send);
      });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.on('error', fail);
    child.on('close', (code, signalName) => {
      clearTimeout(timer);
      done({ code, signal: signalName, ...seen });
    });
    // A program may end without reading its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** What differs between two observations, as lines for people; none when nothing does. */
export function differences(plain, recorded) {
  const lines = [];
  for (const key of ['code', 'signal'])
    if (plain[key] !== recorded[key]) lines.push(`${key}: ${plain[key]} → ${recorded[key]}`);
  for (const key of ['stdout', 'stderr']) {
    const difference = firstDifference(plain[key], recorded[key]);
    if (difference)
      lines.push(`${key}, line ${difference.line}:`, `  - ${difference.was}`, `  + ${difference.is}`);
  }
  return lines;
}

function firstDifference(was, is) {
  if (was === is) return undefined;
  const [before, after] = [was.split('\n'), is.split('\n')];
  let line = 0;
  while (before[line] === after[line]) line += 1;
  return { line: line + 1, was: before[line] ?? '(nothing)', is: after[line] ?? '(nothing)' };
}

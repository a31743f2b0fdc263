/** What a process has had of the processors, where the system tells. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Waits till it has had so many seconds, a busy machine or not: for those of which nothing else says that they are in the middle of their work. */
export async function busy(pid, seconds) {
  if (existsSync('/proc/self/stat')) await hasHad(pid, seconds);
  else await sleep(2500);
}

async function hasHad(pid, seconds) {
  for (let tries = 0; processorSeconds(pid) < seconds; tries++) {
    assert.ok(tries < 600, `it had ${processorSeconds(pid)} s of processors`);
    await sleep(100);
  }
}

/** What this process and those that it waited for have had, and theirs; undefined where the system does not tell. */
export function secondsOfAll() {
  if (!existsSync('/proc/self/stat')) return undefined;
  return timesOf('self').reduce((sum, seconds) => sum + seconds);
}

const processorSeconds = (pid) => timesOf(pid)[0] + timesOf(pid)[1];

/** Own, the kernel's for it, and both of its children, in seconds: it counts in hundredths. */
function timesOf(pid) {
  // The name before may hold anything.
  const told = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1);
  return told
    .split(' ')
    .slice(11, 15)
    .map((ticks) => Number(ticks) / 100);
}

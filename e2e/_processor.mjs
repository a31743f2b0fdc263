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

/** Own and the kernel's, which counts in hundredths. */
function processorSeconds(pid) {
  const [, told] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = told.split(' ').slice(11, 13).map(Number);
  return (user + system) / 100;
}

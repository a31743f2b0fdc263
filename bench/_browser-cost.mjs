// What browsers that this process has started cost, in ms of processors: /proc tells in steps of 10 ms, so that many frames are measured together. Linux alone.
import fs from 'node:fs';

const TICK_MS = 10;

/** ms since they began: `renderer` runs the page's script and layout, and paints; `gpu` puts layers together, here without a GPU. */
export function browserCost() {
  const all = processes();
  const mine = new Set([process.pid]);
  for (let before = 0; before !== mine.size;) {
    before = mine.size;
    for (const { pid, parent } of all) if (mine.has(parent)) mine.add(pid);
  }
  const cost = { renderer: 0, gpu: 0 };
  for (const { pid, ms } of all) {
    const kind = mine.has(pid) ? /--type=(renderer|gpu)/.exec(commandOf(pid))?.[1] : undefined;
    if (kind !== undefined) cost[kind] += ms;
  }
  return cost;
}

/** ms of each kind that one of so many acts takes. */
export async function costOf(times, act) {
  const before = browserCost();
  for (let n = 0; n < times; n++) await act(n);
  const after = browserCost();
  return {
    renderer: (after.renderer - before.renderer) / times,
    gpu: (after.gpu - before.gpu) / times,
  };
}

function processes() {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of a process is in brackets and may have any letter in it.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return [
        {
          pid: Number(name),
          parent: Number(fields[1]),
          ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
        },
      ];
    } catch {
      return [];
    }
  });
}

function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

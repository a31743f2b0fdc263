/** Where the tree of one program first differs, as two trees side by side. */
import { keyOf } from './compare.mjs';

const BEFORE = 14;
const AFTER = 8;

/**
 * @param {import('./compare.mjs').Told[]} truth all calls of a thread
 * @param {import('./compare.mjs').Told[]} recording
 * @param {(file: string) => boolean} isOwn is it a file of the program?
 * @returns {string | undefined} undefined: they are the same
 */
export function picture(truth, recording, isOwn) {
  const left = own(truth, isOwn);
  const right = own(recording, isOwn);
  let at = 0;
  while (at < left.length && left[at]?.key === right[at]?.key) at += 1;
  if (at === left.length && left.length === right.length) return undefined;
  const from = Math.max(0, at - BEFORE);
  const rows = Array.from({ length: at + AFTER - from }, (_, i) => [
    left[from + i]?.text ?? '',
    right[from + i]?.text ?? '',
  ]);
  const width = Math.min(90, Math.max(12, ...rows.map(([text]) => text.length)));
  const line = ([a, b], i) => `    ${from + i === at ? '≠' : ' '} ${a.slice(0, width).padEnd(width)}  │ ${b}`;
  return [`      ${'truth'.padEnd(width)}  │ recording`, ...rows.map(line)].join('\n');
}

/** The program's calls alone, numbered among themselves: others may run in between. */
function own(calls, isOwn) {
  const numbers = new Map();
  const depths = [];
  return calls.flatMap((call, index) => {
    if (!isOwn(call.file)) return [];
    const parent = call.parent < 0 ? -1 : (numbers.get(call.parent) ?? -2);
    const depth = parent < 0 ? 0 : depths[parent] + 1;
    numbers.set(index, numbers.size);
    depths.push(depth);
    const below = parent === -2 ? ` (called by another program)` : '';
    const mark = call.outcome === 'returned' ? '' : ` ${call.outcome}`;
    return [
      {
        key: keyOf({ ...call, parent }),
        text: `${'· '.repeat(depth)}${call.name} ${call.place}${mark}${below}`,
      },
    ];
  });
}

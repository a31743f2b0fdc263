/** Objects of which there were more at the end than after the load, and which hold more: what holds them may be a leak, or meant to stay. */
import { comparedHeaps, type GrownConstructor, leakSuspects } from '../query/index.ts';
import { type Analysis, type Finding, plural, verdict } from './analysis.ts';

export interface LeakFinding extends Finding {
  grown: GrownConstructor;
}

const MOST = 50;

const kib = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 1024).toFixed(0)} KiB`;

export const growingObjects: Analysis<LeakFinding> = {
  name: 'leak-suspects',
  title: 'Leak suspects',
  async check(session) {
    if ((await comparedHeaps(session)) === 0)
      return {
        holds: 'unknown',
        why: 'no thread has two snapshots of its heap; record with --heap a program that waits for something',
      };
    const grown = await leakSuspects(session, MOST);
    return verdict(
      grown.map((each) => ({
        grown: each,
        id: `leak-suspects:${each.id ?? each.path ?? ''}:${each.constructor}`,
        // Two snapshots cannot tell a leak from a cache; a class of the program's own is more likely one than an Array.
        confidence: each.path === null ? 'possible' : 'likely',
        place: each.path === null ? null : { path: each.path, line: each.line },
        evidence: [
          {
            run: session.run.id,
            table: 'heap_constructors',
            key: { thread_id: each.threadId, constructor: each.constructor },
          },
        ],
      })),
    );
  },
  describe({ grown: { constructor, objects, objectsBefore, retainedBytes, retainedBytesBefore, heldBy } }) {
    const held = heldBy === null ? '' : `, held by ${heldBy}`;
    return `${constructor}: ${objectsBefore} → ${objects} objects, ${kib(retainedBytesBefore)} → ${kib(retainedBytes)} held${held}`;
  },
  summarise: (findings) =>
    `objects of ${plural(findings.length, 'constructor')} grew in number and in what they hold, most of all ${findings[0]?.grown.constructor ?? 'none'}`,
};

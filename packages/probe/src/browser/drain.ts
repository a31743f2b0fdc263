/**
 * What goes with words: notes, which modules began, how often sites were passed. And when which words were written, noted at each look, from which times of words
 * follow, as from the looks of the drain on Node.
 */
import type { BatchHead } from '../wire/batch.ts';
import { Control } from '../wire/ring.ts';
import type { Note } from '../wire/segment.ts';
import { micros } from './natives.ts';
import type { PageRing } from './ring.ts';

/** What `take` hands over: the rest of a `BatchHead` is the sender's. */
export type Taken = Pick<BatchHead, 'at' | 'lost' | 'samples' | 'notes' | 'modules' | 'counts'>;

/** Notes that wait for somebody to take them; of more, only the number is told. */
const MAX_NOTES = 10_000;
/** Looks that are kept; of more, every second goes. */
const MAX_SAMPLES = 4096;

export interface Drain {
  /** Notes the time. */
  look: () => void;
  note: (note: Note) => void;
  /** A module begins, with so many sites from this one on. */
  module: (base: number, count: number) => void;
  /** All that has come. */
  take: () => Taken & { words: Int32Array };
}

/** @param sites ids that may be counted are 1 … sites, and those of modules */
export function createDrain(ring: PageRing, sites: number): Drain {
  const { control, hits } = ring;
  /** The last look at the words taken before, and those since. */
  let samples: [at: number, micros: number][] = [];
  let notes: Note[] = [];
  /** So far. */
  let notesLost = 0;
  let modules: number[] = [];
  const begun = new Set<number>();
  let last = sites;

  const look = (): void => {
    const at = ring.position();
    const { length } = samples;
    const latest = samples[length - 1];
    const time = length > 0 ? Math.max(micros(), latest[1]) : micros();
    // Of each position the first and the last look.
    if (length > 1 && samples[length - 2][0] === at) latest[1] = time;
    else samples.push([at, time]);
    if (length > MAX_SAMPLES) samples = samples.filter((_, index) => index % 2 === 0);
  };
  const countsOf = (): number[] | undefined => {
    const counts: number[] = [];
    for (let site = 1; site <= last && site < hits.length; site++) {
      if (hits[site] === 0) continue;
      counts.push(site, hits[site]);
      hits[site] = 0;
    }
    return counts.length > 0 ? counts : undefined;
  };

  return {
    look,
    note(note) {
      if (notes.length < MAX_NOTES) notes.push(note);
      else notesLost++;
    },
    module(base, count) {
      if (begun.has(base)) return;
      begun.add(base);
      modules.push(base);
      last = Math.max(last, base + count - 1);
    },
    take() {
      look();
      if (notes.length >= MAX_NOTES) notes.push({ t: 'notes lost', count: notesLost });
      const at = ring.position() - ring.waiting();
      const words = ring.take();
      const head = {
        at,
        words,
        lost: control[Control.LOST],
        samples,
        notes,
        modules: modules.length > 0 ? modules : undefined,
        counts: countsOf(),
      };
      samples = samples.slice(-1);
      notes = [];
      modules = [];
      return head;
    },
  };
}

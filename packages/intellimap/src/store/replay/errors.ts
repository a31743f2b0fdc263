/** Errors of one thread: counted by (signature, place) on first sighting, with the stack of the first one. */
import type { SiteId } from '@intellimap/probe/wire';
import type { FunctionNo } from './program.ts';

/** One line of a reconstructed stack: the function, and the site that tells the line. */
export interface StackLine {
  fn: FunctionNo;
  site: SiteId;
  /** It waits for the line above it, and is not on the stack. */
  awaiting: boolean;
}

export interface SeenError {
  /** Id of the signature, as in the thread's notes. */
  signature: number;
  kind: 'thrown' | 'caught';
  site: SiteId;
  count: number;
  first: number;
  task: number;
  stack: StackLine[];
}

export class ErrorLog {
  private readonly seen = new Map<number, Map<SiteId, SeenError>>();

  /** Counts a first sighting; `stack` is asked for only when (signature, site) is new. */
  add(
    signature: number,
    kind: SeenError['kind'],
    site: SiteId,
    time: number,
    task: number,
    stack: () => StackLine[],
  ): void {
    let places = this.seen.get(signature);
    if (places === undefined) this.seen.set(signature, (places = new Map()));
    const known = places.get(site);
    if (known !== undefined) known.count++;
    else places.set(site, { signature, kind, site, count: 1, first: time, task, stack: stack() });
  }

  all(): SeenError[] {
    return [...this.seen.values()].flatMap((places) => [...places.values()]);
  }
}

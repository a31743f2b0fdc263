/** Errors of one thread: counted by (text, place, caller) on first sighting, with the stack of the first one. */
import type { SiteId } from '@intellimap/probe/wire';
import type { FunctionNo } from './program.ts';

/** One line of a reconstructed stack: the function, and the site that tells the line. */
export interface StackLine {
  fn: FunctionNo;
  site: SiteId;
  /** It waits for the line above it, and is not on the stack. */
  awaiting: boolean;
}

/** Callers of one place that are told apart; further ones count as one. */
const MAX_CALLERS = 64;

export interface SeenError {
  /** Id of name and message, as in the thread's notes. */
  text: number;
  kind: 'thrown' | 'caught';
  site: SiteId;
  /** The function below the one that the site is in; 0: none · -1: those beyond MAX_CALLERS. */
  caller: FunctionNo;
  count: number;
  first: number;
  task: number;
  stack: StackLine[];
}

export class ErrorLog {
  /** text → site → the function below the one that the site is in */
  private readonly seen = new Map<number, Map<SiteId, Map<FunctionNo, SeenError>>>();
  /** text of a primitive → how many were thrown and not caught yet */
  readonly primitives = new Map<number, number>();
  /** Texts of errors that say that the stack is full. */
  readonly fullStacks = new Set<number>();

  /** The text is that of a primitive. */
  addPrimitive(text: number): void {
    if (!this.primitives.has(text)) this.primitives.set(text, 0);
  }

  /**
   * Whether an error that is told as seen for the first time was seen before. Objects know that, primitives do not: one that is caught is one of those that were
   * thrown and not caught. One that is thrown again by a catch clause is another one, as nothing tells it from a new one.
   */
  matchPrimitive(kind: SeenError['kind'], text: number): boolean {
    const flying = this.primitives.get(text);
    if (flying === undefined) return false;
    if (kind === 'thrown') this.primitives.set(text, flying + 1);
    else if (flying > 0) this.primitives.set(text, flying - 1);
    return kind === 'caught' && flying > 0;
  }

  /** Counts a first sighting; `stack` is asked for only when (text, site, caller) is new. */
  add(
    { text, kind, site, caller }: Pick<SeenError, 'text' | 'kind' | 'site' | 'caller'>,
    time: number,
    task: number,
    stack: () => StackLine[],
  ): void {
    let places = this.seen.get(text);
    if (places === undefined) this.seen.set(text, (places = new Map()));
    let callers = places.get(site);
    if (callers === undefined) places.set(site, (callers = new Map()));
    const by = callers.size < MAX_CALLERS || callers.has(caller) ? caller : -1;
    const known = callers.get(by);
    if (known !== undefined) known.count++;
    else callers.set(by, { text, kind, site, caller: by, count: 1, first: time, task, stack: stack() });
  }

  all(): SeenError[] {
    return [...this.seen.values()].flatMap((places) =>
      [...places.values()].flatMap((callers) => [...callers.values()]),
    );
  }
}

/** What is told of a page beside its calls and turns: errors, what it says, how soon it was there, what it loaded. */
import { type ErrorSigner, type Redaction, shownUrl } from '../core/index.ts';
import type { Note } from '../wire/segment.ts';
import { followConsole } from './console.ts';
import { followMeasured } from './measured.ts';
import type { PageThread } from './page.ts';
import { followErrors } from './page-errors.ts';
import { quietly } from './patch.ts';

export interface Teller {
  note: (note: Note) => void;
  /** Runs before a batch is made: what changed since the last is noted then. */
  atTake: (act: () => void) => void;
  /** Numbers of requests, and of whatever else a TASK word asks for. */
  number: () => number;
  mark: (word: number, operand: number) => void;
  sign: ErrorSigner;
  /** The turn was left by an exception. */
  left: () => void;
  shown: (url: string) => string;
  /** A text of the program as it may be written down, so many characters of it. */
  said: (text: string, most?: number) => string;
  /** Which request of the program it is that the browser measured; undefined: none. */
  asked?: (entry: PerformanceResourceTiming) => number | undefined;
}

export function tellOfPage(
  thread: PageThread,
  recorder: Pick<Teller, 'mark' | 'sign'>,
  redaction: Redaction,
): Teller {
  const teller: Teller = {
    ...recorder,
    left: () => thread.turns?.split(),
    note: thread.note,
    atTake: thread.atTake,
    number: thread.number,
    shown: (url) => shownUrl(url, redaction),
    said: (text, most) => redaction.shown(text, 'log', most),
  };
  let failed: (message: string) => void = () => {};
  quietly(() => (failed = followConsole(teller)));
  quietly(() => followErrors(teller, failed));
  quietly(() => followMeasured(teller));
  return teller;
}

/** Probes of async calls that also tell when one goes on and gives up the stack: what it schedules in between is its own. */
import { Kind, kindOf } from '../wire/words.ts';
import type { Probes } from '../core/index.ts';
import type { Turns } from './turns.ts';

export function withFrames<P extends Omit<Probes, 'b'>>(probes: P, turns: Turns): P {
  const { x, m } = probes;
  return {
    ...probes,
    x: (word, frame) => {
      turns.left(frame);
      x(word, frame);
    },
    s: (word, frame, value) => {
      turns.left(frame);
      m(word, frame);
      return value;
    },
    r: (word, frame, value) => {
      m(word, frame);
      turns.resumed(frame);
      return value;
    },
    m: (word, frame) => {
      if (kindOf(word) === Kind.SUSPEND) turns.left(frame);
      m(word, frame);
      if (kindOf(word) === Kind.RESUME) turns.resumed(frame);
    },
  };
}

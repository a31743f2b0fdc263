/** Probes of async calls that also tell when one goes on and gives up the stack: what it schedules in between is its own. */
import { Kind, kindOf, type FrameId } from '../wire/words.ts';
import type { Probes } from './record.ts';

/** Frame 0 is none. */
export interface FrameListener {
  resumed: (frame: FrameId) => void;
  /** It gives up the stack. */
  left: (frame: FrameId) => void;
  ended: (frame: FrameId) => void;
}

export function withFrames<P extends Probes>(probes: P, turns: FrameListener): P {
  const { x, d, m } = probes;
  return {
    ...probes,
    x: (word, frame) => {
      turns.ended(frame);
      x(word, frame);
    },
    s: (word, frame, value) => {
      turns.left(frame);
      m(word, frame);
      return value;
    },
    d: (word, frame, value) => {
      turns.left(frame);
      return d(word, frame, value);
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

/** What an event costs here: the probes of this package, in code as the transform writes it, timed against the same code without. */
import vm from 'node:vm';
import { createRecorder, noLook } from '../core/index.ts';
import {
  CONTROL_WORDS,
  Control,
  Gate,
  MAX_COUNTED_SITES,
  MIN_CHUNK_WORDS,
  dataWords,
  type Ring,
} from '../wire/ring.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { microsLow, millis } from './clock.ts';
import { installIn } from './realm.ts';

/** ns: an event, without and with a reading of the clock; a call behind a closed gate; a call that is only counted. */
export interface EventCost {
  eventNs: number;
  timedEventNs: number;
  closedNs: number;
  hitNs: number;
}

/** Calls a round; the best of the rounds counts, as everything else that the machine does makes a round longer. */
const CALLS = 50_000;
const ROUNDS = 30;

const word = (kind: number): number => wordOf(kind, 1);
const PROGRAM = `(() => {
  function plain(x) { return (x * 31 + 7) | 0; }
  function called(x) { {var $imk=$imG[1]?$imO(${word(Kind.ENTER)}):$imE(${word(Kind.ENTER)}),$imv} try { return $imv = (x * 31 + 7) | 0, $imk&=-2, $imv; } finally {$imk&&$imL($imk)} }
  function closed(x) { {var $imk=$imG[2]?$imO(${2 * 16 + Kind.ENTER}):$imE(${2 * 16 + Kind.ENTER}),$imv} try { return $imv = (x * 31 + 7) | 0, $imk&=-2, $imv; } finally {$imk&&$imL($imk)} }
  function hit(x) { {$imH(1)} return (x * 31 + 7) | 0 }
  function framed(x) { const $imf = $imF(${word(Kind.FRAME_ENTER)}); try { return (x * 31 + 7) | 0; } finally { $imX(${word(Kind.FRAME_LEAVE)}, $imf); } }
  const loops = [plain, called, framed, closed, hit].map((one) => new Function('one', 'calls', 'let x = 1; for (let i = 0; i < calls; i++) x = one(x); return x').bind(null, one));
  return loops;
})()`;

/** Takes about 100 ms, and leaves the probes behind in this realm: for processes of our own. Undefined where it was done before. */
export function measureEventCost(): EventCost | undefined {
  const ring = {
    data: new Int32Array(new SharedArrayBuffer(dataWords(MIN_CHUNK_WORDS) * 4)),
    control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
    hits: new Float64Array(3),
    gates: new Uint8Array(MAX_COUNTED_SITES),
    chunkWords: MIN_CHUNK_WORDS,
  } satisfies Ring;
  const {
    settle: _settle,
    lastThrown: _last,
    mark: _mark,
    value: _value,
    ...probes
  } = createRecorder(ring, {
    clock: microsLow,
    sign: () => 0,
    waitForSpace: (consumed) => {
      ring.control[Control.CONSUMED] = consumed;
      return true;
    },
    waitForReader: () => {
      ring.control[Control.WRITTEN_TO] = microsLow();
    },
    isGenerator: () => false,
  });
  ring.gates[2] = Gate.COUNT;
  if (!installIn({ ...probes, ...noLook, b: () => {} })) return undefined;
  const loops = vm.runInThisContext(PROGRAM) as ((calls: number) => number)[];
  const [plain, ...others] = loops.map(bestNs) as [number, number, number, number, number];
  const [called, framed, closed, hit] = others.map((ns) => Math.max(0, ns - plain));
  return { eventNs: called / 2, timedEventNs: framed / 2, closedNs: closed, hitNs: hit };
}

/** ns a call, in the fastest of the rounds. */
function bestNs(loop: (calls: number) => number): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const started = millis();
    loop(CALLS);
    best = Math.min(best, millis() - started);
  }
  return (best * 1e6) / CALLS;
}

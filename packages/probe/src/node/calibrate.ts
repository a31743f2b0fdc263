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
const CALLS = 20_000;
/** No more rounds, for what takes next to nothing; for all else it is over after so many ms, unless one of the last rounds was better than all before: V8 may have made its code only then. */
const ROUNDS = 80;
const ENOUGH_MS = 30;
const LAST = 6;
const BETTER = 0.98;

/** Functions that call one another's results: one alone would wait for its own counter, which programs hardly do. */
const SITES = [1, 2, 3, 4];
/** The gates from here on are closed. */
const CLOSED = 5;

const BODY = '(x * 31 + 7) | 0';
const told = (site: number): string => {
  const enter = wordOf(Kind.ENTER, site);
  return `{var $imk=$imG[${site}]?$imO(${enter}):$imE(${enter}),$imv} try { return $imv = ${BODY}, $imk&=-2, $imv; } finally {$imk&&$imL($imk)}`;
};
const BODIES: ((site: number) => string)[] = [
  () => `return ${BODY}`,
  told,
  (site) =>
    `const $imf = $imF(${wordOf(Kind.FRAME_ENTER, site)}); try { return ${BODY}; } finally { $imX(${wordOf(Kind.FRAME_LEAVE, site)}, $imf); }`,
  (site) => told(CLOSED + site),
  (site) => `{$imH(${site})} return ${BODY}`,
];
/** A loop over each: `new Function` keeps what V8 learns of one from the others. */
const loopOf = (body: (site: number) => string): string => {
  const functions = SITES.map((site) => `function f${site}(x) { ${body(site)} }`).join('\n');
  const calls = SITES.reduce((inner, site) => `f${site}(${inner})`, 'x');
  return `(() => { ${functions}
    return new Function('${SITES.map((site) => `f${site}`).join()}', 'rounds', 'let x = 1; for (let i = 0; i < rounds; i++) x = ${calls}; return x').bind(null, ${SITES.map((site) => `f${site}`).join()});
  })()`;
};

/** Takes about 70 ms, and leaves the probes behind in this realm: for processes of our own. Undefined where it was done before. */
export function measureEventCost(): EventCost | undefined {
  const ring = {
    data: new Int32Array(new SharedArrayBuffer(dataWords(MIN_CHUNK_WORDS) * 4)),
    control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
    hits: new Float64Array(new SharedArrayBuffer(MAX_COUNTED_SITES * 8)),
    gates: new Uint8Array(new SharedArrayBuffer(MAX_COUNTED_SITES)),
    chunkWords: MIN_CHUNK_WORDS,
  } satisfies Ring;
  const {
    settle: _settle,
    lastThrown: _last,
    mark: _mark,
    value: _value,
    stalls: _stalls,
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
  ring.gates.fill(Gate.COUNT, CLOSED);
  if (!installIn({ ...probes, ...noLook, b: () => {} })) return undefined;
  const [plain, ...others] = BODIES.map((body) =>
    bestNs(vm.runInThisContext(loopOf(body)) as (rounds: number) => number),
  );
  const [called, framed, closed, hit] = others.map((ns) => Math.max(0, ns - plain));
  return { eventNs: called / 2, timedEventNs: framed / 2, closedNs: closed, hitNs: hit };
}

/** ns a call, in the fastest of the rounds. */
function bestNs(loop: (rounds: number) => number): number {
  let best = Infinity;
  let spent = 0;
  let since = 0;
  for (let round = 0; round < ROUNDS && (spent < ENOUGH_MS || since < LAST); round++) {
    const started = millis();
    loop(CALLS / SITES.length);
    const took = millis() - started;
    since = took < best * BETTER ? 0 : since + 1;
    best = Math.min(best, took);
    spent += took;
  }
  return (best * 1e6) / CALLS;
}

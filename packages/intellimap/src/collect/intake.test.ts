import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Kind, wordOf } from '@intellimap/probe/wire';
import { wholeEvents } from '../../../probe/src/wire/codec.ts';
import { anyWords, programWords } from '../../../probe/src/wire/fixtures/words.ts';
import {
  BUILD,
  batchesOf,
  batchOf,
  redact,
  SAME,
  session,
  stored,
  threadsOf,
  TOKEN,
  type Workspace,
  workspace,
} from './fixtures/page.ts';
import { Intake } from './intake.ts';
import { type Refusal, refusalOf } from './refusal.ts';

let place: Workspace;
beforeEach(() => void (place = workspace()));
afterEach(() => place.remove());

const clock = { now: 5_000_000 };
const intakeOf = ({ root, runDir }: Workspace = place) =>
  new Intake({ root, runDir: () => runDir, tier: 'performance', micros: () => (clock.now += 10), redact });

const enter = (site: number) => wordOf(Kind.ENTER, site);
const leave = (site: number) => wordOf(Kind.LEAVE, site);
const call = (site: number) => [enter(site), leave(site)];

const PAGE = session(7);
const only = (): string => join(place.runDir, 'threads', '10000001-0');
const refusalIn = (act: () => unknown): Refusal | undefined => {
  try {
    act();
  } catch (error) {
    return refusalOf(error);
  }
  return undefined;
};
const statusOf = (act: () => unknown): number => refusalIn(act)?.status ?? 200;

test('batches become the words of a thread, in their order and once', () => {
  const [first, second, third] = batchesOf(PAGE, [call(1), call(2), call(3)]);
  const intake = intakeOf();
  expect(intake.take(first).kept).toBe(1);
  expect(intake.take(third).kept).toBe(1);
  expect(intake.take(first).kept).toBe(1);
  expect(intake.take(second).kept).toBe(3);
  intake.close();
  expect(stored(place.runDir, '10000001-0')).toEqual({
    words: [...call(1), ...call(2), ...call(3)],
    lost: 0,
    hasEnded: true,
    damaged: 0,
    files: 1,
  });
  expect(intake.counters).toMatchObject({ threads: 1, batches: 3, duplicates: 1, events: 6, lost: 0 });
});

test('what never comes is lost, and counted', () => {
  const [first, , third] = batchesOf(PAGE, [call(1), call(2), call(3)]);
  const intake = intakeOf();
  intake.take(first);
  intake.take(third);
  intake.close();
  expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: [...call(1), ...call(3)], lost: 2 });
  expect(intake.counters.lost).toBe(2);
});

test('what the page dropped and what never came are added up, and stay so after a restart', () => {
  intakeOf().take(batchOf({ session: PAGE, seq: 1, at: 10, lost: 5 }, call(1)));
  intakeOf().take(batchOf({ session: PAGE, seq: 2, at: 12, lost: 8 }, call(2)));
  expect(stored(place.runDir, '10000001-0').lost).toBe(10 + 8);
});

test('what nobody ever says the page of is lost, and counted', () => {
  const intake = intakeOf();
  intake.take(batchesOf(session(1), [call(1)])[0]);
  expect(intake.take(batchOf({ session: PAGE, seq: 2, at: 2 }, call(2)))).toMatchObject({
    kept: 0,
    isStranger: true,
  });
  intake.close();
  expect(intake.counters.lost).toBe(2);
});

test('batches that wait too long for one before them are kept without it', () => {
  const [first, , third, fourth] = batchesOf(PAGE, [call(1), call(2), call(3), call(4)]);
  const intake = intakeOf();
  intake.take(first);
  intake.take(third);
  clock.now += 31_000_000;
  expect(intake.take(fourth).kept).toBe(4);
});

test('a beacon that overtakes the first batch waits for it', () => {
  const [first, second] = batchesOf(PAGE, [call(1), call(2)]);
  const other = batchesOf(session(1), [call(9)])[0];
  const intake = intakeOf();
  intake.take(other);
  expect(intake.take(second).kept).toBe(0);
  expect(intake.take(first).kept).toBe(2);
});

describe('a batch is refused', () => {
  test.each([
    ['400, no batch', Buffer.from('hello'), 400],
    ['401, another token', batchOf({ session: PAGE, seq: 1, at: 0, token: 'x' }, call(1)), 401],
    ['401, another token, before anybody said whose it is', batchOf({ session: PAGE, seq: 2, at: 0, token: 'x' }, call(1)), 401], // prettier-ignore
  ])('%s', (_, bytes, status) => {
    const intake = intakeOf();
    intake.take(batchesOf(session(1), [call(1)])[0]);
    expect(statusOf(() => intake.take(bytes))).toBe(status);
  });

  test('404, another build', () => {
    const hello = { build: 'other', kind: 'page', url: '', agent: '', origin: 0, clock: SAME };
    const bytes = batchOf({ session: PAGE, seq: 1, at: 0, hello }, call(1));
    expect(statusOf(() => intakeOf().take(bytes))).toBe(404);
  });

  test('400, words that were told before', () => {
    const intake = intakeOf();
    intake.take(batchOf({ session: PAGE, seq: 1, at: 0 }, call(1)));
    expect(statusOf(() => intake.take(batchOf({ session: PAGE, seq: 2, at: 1 }, call(1))))).toBe(400);
  });

  test('503, when the collector ends: it is to come again', () => {
    const intake = intakeOf();
    intake.close();
    expect(refusalIn(() => intake.take(batchesOf(PAGE, [call(1)])[0]))).toMatchObject({
      status: 503,
      retryAfter: 1,
    });
  });

  test('404, a build that is being removed, which keeps no other page away', () => {
    rmSync(join(place.root, '.intellimap', 'builds', BUILD, 'token'));
    expect(statusOf(() => intakeOf().take(batchesOf(PAGE, [call(1)])[0]))).toBe(404);
    expect(statusOf(() => intakeOf().take(batchOf({ session: PAGE, seq: 2, at: 0 }, [])))).toBe(401);
  });

  test('and no run begins with it', () => {
    let begun = 0;
    const options = { root: place.root, tier: 'performance', micros: () => 1, redact };
    const intake = new Intake({ ...options, runDir: () => (begun++, place.runDir) });
    expect(statusOf(() => intake.take(batchOf({ session: PAGE, seq: 1, at: 0, token: 'x' }, [])))).toBe(401);
    expect(statusOf(() => intake.take(batchOf({ session: PAGE, seq: 2, at: 0, token: 'x' }, [])))).toBe(401);
    expect(begun).toBe(0);
  });
});

describe('a page whose first batches are kept in another run', () => {
  const hello = { build: BUILD, kind: 'page', url: '', agent: '', origin: 0, clock: SAME };
  const introduction = { t: 'hello', session: PAGE, token: TOKEN, hello };
  const later = (seq: number) => batchOf({ session: PAGE, seq, at: seq * 2, lost: 7, modules: undefined }, call(seq)); // prettier-ignore

  test('is asked who it is, and goes on where it is', () => {
    const [intake, channel] = [intakeOf(), {}];
    expect(intake.take(later(5), channel)).toMatchObject({ kept: 0, isStranger: true });
    intake.meet(introduction, channel);
    expect(intake.take(later(5), channel)).toMatchObject({ kept: 5, isStranger: false });
    expect(intake.take(later(6), channel).kept).toBe(6);
    expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: [...call(5), ...call(6)], lost: 0 });
    expect(intake.counters).toMatchObject({ threads: 1, lost: 0 });
  });

  test('what it loses from then on is counted, also by the collector after this one', () => {
    const [intake, channel] = [intakeOf(), {}];
    intake.meet(introduction, channel);
    intake.take(later(5), channel);
    expect(intakeOf().take(later(7), {}).kept).toBe(7);
    expect(stored(place.runDir, '10000001-0').lost).toBe(2);
  });

  test('is taken to run all modules of its build', () => {
    const [intake, channel] = [intakeOf(), {}];
    intake.meet(introduction, channel);
    intake.take(later(5), channel);
    expect(readFileSync(join(place.runDir, 'modules', '10000001-0.ndjson'), 'utf8')).toContain('"base":1');
  });

  test.each([
    ['400, no introduction', { t: 'hello' }, 400],
    ['400, of another page', { ...introduction, session: session(8) }, 400],
    ['401, another token', { ...introduction, token: 'x' }, 401],
    ['404, another build', { ...introduction, hello: { ...hello, build: 'other' } }, 404],
  ])('is refused: %s', (_, message, status) => {
    const channel = { session: PAGE };
    expect(statusOf(() => intakeOf().meet(message, channel))).toBe(status);
  });
});

test.each([
  ['when its clock was at 0', 1, 3_000, 8_999],
  ['where a later batch begins', 5, 3_000, 8_996],
])('the run of a page begins with what it tells first: %s', (_, seq, sample, ago) => {
  const hello = {
    build: BUILD,
    kind: 'page',
    url: '',
    agent: '',
    origin: 0,
    clock: [[0, 1_000, 0]] as const,
  };
  const bytes = batchOf({ session: PAGE, seq, at: 0, hello, samples: [[0, sample]] }, call(1));
  const begun: number[] = [];
  const options = { root: place.root, tier: 'performance', micros: () => 9_000_000, redact };
  new Intake({ ...options, runDir: (agoMs) => (begun.push(agoMs), place.runDir) }).take(bytes, {});
  expect(begun).toEqual([ago]);
});

describe('after a collector was killed', () => {
  test('a batch that was cut off is cut away, and taken when it comes again', () => {
    const parts = [call(1), call(2), call(3)];
    const [first, second, third] = batchesOf(PAGE, parts);
    const before = intakeOf();
    before.take(first);
    const whole = statSync(join(only(), '000001.seg')).size;
    before.take(second);
    const file = join(only(), '000001.seg');
    truncateSync(file, whole + 11);

    const after = intakeOf();
    expect(after.take(third).kept).toBe(1);
    expect(after.take(second).kept).toBe(3);
    expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: parts.flat(), damaged: 0, lost: 0 });
  });

  test('a file that its first batch was cut off from is begun anew', () => {
    intakeOf().take(batchesOf(PAGE, [call(1)])[0]);
    truncateSync(join(only(), '000001.seg'), 3);
    intakeOf().take(batchesOf(PAGE, [call(1)])[0]);
    expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: call(1), damaged: 0, files: 1 });
  });

  test('damage in the middle costs what is damaged', () => {
    const [first, second, third] = batchesOf(PAGE, [call(1), call(2), call(3)]);
    const before = intakeOf();
    before.take(first);
    const file = join(only(), '000001.seg');
    const at = statSync(file).size + 20;
    before.take(second);
    const bytes = readFileSync(file);
    bytes[at] ^= 1;
    writeFileSync(file, bytes);
    intakeOf().take(third);
    expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: [...call(1), ...call(3)], damaged: 1 });
  });

  test('a line of the list of modules that was cut off is left alone', () => {
    const [first, second] = batchesOf(PAGE, [call(1), call(2)]);
    intakeOf().take(first);
    const file = join(place.runDir, 'modules', '10000001-0.ndjson');
    truncateSync(file, statSync(file).size - 5);
    intakeOf().take(second);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ base: 1 });
  });

  test('a thread that did not come to a first batch is nobody', () => {
    mkdirSync(only(), { recursive: true });
    intakeOf().take(batchesOf(PAGE, [call(1)])[0]);
    expect(threadsIn()).toEqual(['10000001-0', '10000002-0']);
  });
});

const threadsIn = () => readdirSync(join(place.runDir, 'threads')).toSorted();

test('a full disk is told, and what was acknowledged is kept', () => {
  const [first, second] = batchesOf(PAGE, [call(1), call(2)]);
  let intake = intakeOf();
  intake.take(first);
  // One that knows the thread, and has not opened its file.
  intake = intakeOf();
  intake.take(first);
  const file = join(only(), '000001.seg');
  const aside = join(place.root, 'aside');
  renameSync(file, aside);
  symlinkSync('/dev/full', file);
  expect(refusalIn(() => intake.take(second))).toMatchObject({ status: 507 });
  rmSync(file);
  renameSync(aside, file);
  expect(intake.take(second).kept).toBe(2);
  expect(stored(place.runDir, '10000001-0')).toMatchObject({ words: [...call(1), ...call(2)], damaged: 0 });
});

test('a worker is a thread of its page, whichever speaks first', () => {
  const hello = {
    build: 'build-1',
    kind: 'worker',
    url: '',
    agent: '',
    origin: 0,
    clock: SAME,
    parent: PAGE,
  };
  const worker = (number: number) => batchOf({ session: session(number), seq: 1, at: 0, hello }, call(1));
  const intake = intakeOf();
  intake.take(worker(11));
  intake.take(batchesOf(session(5), [call(1)])[0]);
  intake.take(batchesOf(PAGE, [call(1)])[0]);
  intakeOf().take(worker(12));
  const threads = threadsOf(place.runDir);
  expect([session(11), session(5), PAGE, session(12)].map((each) => threads.get(each))).toEqual([
    '10000001-1',
    '10000002-0',
    '10000001-0',
    '10000001-2',
  ]);
});

test('pages of a build whose modules do not tell have all of them', () => {
  place.remove();
  place = workspace('build');
  intakeOf().take(batchOf({ session: PAGE, seq: 1, at: 0, modules: undefined }, call(1)));
  expect(readFileSync(join(place.runDir, 'modules', '10000001-0.ndjson'), 'utf8')).toContain('"base":1');
  expect(existsSync(join(place.runDir, 'sites', 'abc.json'))).toBe(true);
});

test('thousands of pages take some hundred open files', () => {
  const intake = intakeOf();
  for (let page = 1; page <= 1500; page++) intake.take(batchesOf(session(page), [call(1), call(2)])[0]);
  const open = readdirSync('/proc/self/fd').length;
  for (let page = 1; page <= 1500; page++) intake.take(batchesOf(session(page), [call(1), call(2)])[1]);
  intake.close();
  expect(open).toBeLessThan(400);
  const thread = threadsOf(place.runDir).get(session(3))!;
  expect(stored(place.runDir, thread)).toMatchObject({ words: [...call(1), ...call(2)], hasEnded: true });
});

/** What may happen to batches on their way: any order, any number of times, and the collector killed in between, also in the middle of a write. */
interface Journey {
  parts: number[][];
  /** Which batch comes next, as a share of all; or a kill that cuts off so many of the bytes that were not acknowledged. */
  steps: ({ take: number } | { kill: number })[];
}

const journeys: fc.Arbitrary<Journey> = fc.record({
  parts: fc
    .array(
      programWords.map((words) => [...words]),
      { maxLength: 8 },
    )
    .map((parts) => [[wordOf(Kind.ENTER, 1)], ...parts.filter((part) => part.length > 0)]),
  steps: fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.record({ take: fc.double({ min: 0, max: 0.999, noNaN: true }) }) },
      { weight: 1, arbitrary: fc.record({ kill: fc.nat({ max: 60 }) }) },
    ),
    { maxLength: 40 },
  ),
});

test('any order, any repetition, any kill: the same words, each once', () => {
  fc.assert(
    fc.property(journeys, ({ parts, steps }) => {
      const here = workspace();
      try {
        const bytes = batchesOf(PAGE, parts);
        let intake = intakeOf(here);
        let kept = 0;
        const take = (index: number): void => {
          const told = statusOf(() => (kept = Math.max(kept, intake.take(bytes[index]).kept)));
          expect([200, 409]).toContain(told);
        };
        for (const step of steps) {
          if ('take' in step) take(Math.floor(step.take * bytes.length));
          else {
            tear(here, step.kill);
            intake = intakeOf(here);
          }
        }
        // The page sends again what it was not told of.
        for (let index = kept; index < bytes.length; index++) take(index);
        // Whoever is heard of again, of that what was cut off is cut away.
        take(0);
        intake.close();
        const name = threadsOf(here.runDir).get(PAGE)!;
        expect(stored(here.runDir, name)).toMatchObject({
          words: parts.flat(),
          lost: 0,
          damaged: 0,
          hasEnded: true,
        });
      } finally {
        here.remove();
      }
    }),
    { numRuns: 80 },
  );
});

/** A write that was going on: some bytes of a frame behind all that was acknowledged. */
function tear({ runDir }: Workspace, count: number): void {
  const folder = join(runDir, 'threads', '10000001-0');
  if (!existsSync(folder)) return;
  const name = readdirSync(folder)
    .filter((each) => each.endsWith('.seg'))
    .toSorted()
    .at(-1);
  if (name === undefined) return;
  const bytes = readFileSync(join(folder, name));
  appendFileSync(join(folder, name), bytes.subarray(0, count));
}

interface Strange {
  words: Int32Array;
  /** Words that never came before these, and that the page says it has dropped since the last batch. */
  gap: number;
  dropped: number;
  values: Uint8Array;
  counts: number[];
  samples: number;
  /** A collector of its own takes it. */
  isRestarted: boolean;
}

const strange: fc.Arbitrary<Strange> = fc.record({
  words: anyWords,
  gap: fc.nat({ max: 3 }),
  dropped: fc.nat({ max: 3 }),
  values: fc.uint8Array({ maxLength: 20 }),
  counts: fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { maxLength: 5 }),
  samples: fc.nat({ max: 2 ** 45 }),
  isRestarted: fc.boolean(),
});

/** Of words without any sense, those at the end that are no whole event. */
const cutOff = (words: Int32Array): number => words.length - wholeEvents(words, 0, words.length);

test('whatever a page says that is a batch: what was acknowledged can be read', () => {
  fc.assert(
    fc.property(fc.array(strange, { maxLength: 6 }), (steps) => {
      const here = workspace();
      try {
        let intake = intakeOf(here);
        let [at, dropped, lost] = [0, 0, 0];
        const words: number[] = [];
        for (const [index, step] of steps.entries()) {
          if (step.isRestarted) intake = intakeOf(here);
          at += step.gap;
          dropped += step.dropped;
          const samples: [number, number][] = [[at, step.samples], [at + step.words.length, step.samples]]; // prettier-ignore
          const counts = step.counts.toSorted((a, b) => a - b).flatMap((site) => [site, 7]);
          const seq = index + 1;
          const head = {
            session: PAGE,
            seq,
            at,
            lost: dropped,
            samples,
            counts,
            values: { from: 3, counts: [1] },
          };
          expect(intake.take(batchOf(head, [...step.words], step.values)).kept).toBe(seq);
          const whole = step.words.length - cutOff(step.words);
          // What is in a frame is told with what was lost before it.
          if (whole > 0) lost = at - words.length + dropped;
          words.push(...step.words.subarray(0, whole));
          at += step.words.length;
        }
        intake.close();
        if (steps.length === 0) return;
        const found = stored(here.runDir, '10000001-0');
        expect(found).toMatchObject({ damaged: 0, lost });
        expect(found.words.length).toBe(words.length);
      } finally {
        here.remove();
      }
    }),
    { numRuns: 60 },
  );
});

/** What pages tell beside their calls, in a real browser: errors, what they say, how soon they were there, what they loaded. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  Kind,
  type Measured,
  type Note,
  OPERANDS,
  kindOf,
  type Vital,
  vitalsOf,
  wordOf,
} from '../wire/index.ts';
import { openSite, type Site, type Visit } from './fixtures/page.ts';

const require = createRequire(import.meta.url);
let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

type Told = Note & Record<string, unknown>;
const ofKind = ({ notes }: Visit, kind: string): Told[] => notes.filter(({ t }) => t === kind);
const measured = (visit: Visit): (Told & Measured)[] => ofKind(visit, 'entry');
const vitals = (visit: Visit): Vital[] => vitalsOf(measured(visit));
/** `EMPTY_STACK` words. */
const emptied = ({ batches }: Visit): number =>
  batches.reduce((sum, { words }) => {
    for (let at = 0; at < words.length; at += 1 + OPERANDS[kindOf(words[at])])
      if (words[at] === wordOf(Kind.TIME, 1)) sum++;
    return sum;
  }, 0);

test("vitals are those of Google's library", async () => {
  const library = path.join(require.resolve('web-vitals'), '../web-vitals.iife.js');
  const text = readFileSync(library, 'utf8');
  const visit = await site.visit(
    `${text.replaceAll('</script', '<\\\\/script')}
    var seen;
    const told = {};
    const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
    for (const name of ['CLS', 'FCP', 'INP', 'LCP', 'TTFB'])
      webVitals['on' + name]((metric) => (told[name] = metric.value), { reportAllChanges: true });
    const box = document.createElement('div');
    document.body.prepend(box);
    document.body.insertAdjacentHTML('beforeend', '<h1 id="big">' + 'Large '.repeat(40) + '</h1><ul class="list of things"><li><b>moved</b></ul>');
    setTimeout(() => (box.style.height = '70px'), 600);
    setTimeout(() => (box.style.height = '90px'), 800);
    setTimeout(() => (box.style.height = '99px'), 2300);
    document.querySelector('#go').addEventListener('pointerdown', () => busy(10));
    document.querySelector('#go').addEventListener('click', () => busy(80));`,
    async (page) => {
      await page.waitForTimeout(2600);
      await page.click('#go');
      // The library waits until the page is idle.
      await page.waitForFunction('told.INP !== undefined');
      await page.evaluate('window.seen = told');
    },
  );
  const values = Object.fromEntries(vitals(visit).map(({ name, value }) => [name, value]));
  expect(values).toEqual(visit.seen);
  expect(values).toMatchObject({ CLS: expect.any(Number), INP: expect.any(Number), LCP: expect.any(Number) });
  const last = new Map(vitals(visit).map((vital) => [vital.name, vital]));
  expect(last.get('LCP')).toMatchObject({ visit: 1, element: 'h1#big' });
  expect(last.get('INP')).toMatchObject({ event: 'click', element: 'button#go' });
  // The second move is the smaller one, and in the same window.
  expect(last.get('CLS')!.value).toBeGreaterThan(last.get('CLS')!.parts![0]);
  const [delay, processed, painted] = last.get('INP')!.parts!;
  expect(processed - delay).toBeGreaterThanOrEqual(80);
  expect(painted).toBe(last.get('INP')!.value);
}, 30_000);

test('errors that nobody caught: what they say, where; the stack is known to be empty, but for those within another turn', async () => {
  const program = `var seen;
    const heard = [];
    addEventListener('error', (event) => heard.push(event.message));
    setTimeout(function late() { call(1); throw new TypeError('late'); });
    document.querySelector('#go').addEventListener('click', function within() { throw new RangeError('within'); });
    setTimeout(function outer() { probe?.e(2 << 4 | 1); document.querySelector('#go').click(); probe?.l(2 << 4 | 2); }, 20);
    setTimeout(() => Promise.reject(Object.assign(new Error('refused'), { cause: new Error('why') })), 40);
    setTimeout(() => { throw 'a text'; }, 160);
    setTimeout(() => { Error.prepareStackTrace = () => { heard.push('asked'); return 'x'; }; }, 180);
    setTimeout(() => { throw new Error('shown by the program'); }, 200);
    setTimeout(() => { delete Error.prepareStackTrace; seen = heard; }, 220);`;
  const visit = await site.visit(program);
  // Told by the browser as without us.
  expect(visit.seen).toEqual(await site.plain(program));
  const errors = ofKind(visit, 'uncaught');
  const lines = (note: Told): string[] => (note['stack'] as string).split('\n').map((each) => each.trim());
  const place = /http:\/\/127\.0\.0\.1:\d+\/:\d+:\d+/;
  expect(errors.map(({ name, message, origin }) => `${name}: ${message} (${origin})`)).toEqual([
    'TypeError: late (uncaughtException)',
    'RangeError: within (uncaughtException)',
    'Error: refused (unhandledRejection)',
    'string: a text (uncaughtException)',
    'Error: shown by the program (uncaughtException)',
  ]);
  expect(lines(errors[0])).toEqual(['TypeError: late', expect.stringMatching(place)]);
  expect(lines(errors[0])[1]).toContain('at late');
  expect(lines(errors[1])[2]).toContain('at outer');
  expect(lines(errors[3])).toEqual(['string: a text', expect.stringMatching(place)]);
  // Asking for its stack would have run code of the program.
  expect(lines(errors[4])).toHaveLength(2);
  expect(ofKind(visit, 'error').find(({ message }) => message === 'refused')).toMatchObject({
    causes: [{ name: 'Error', message: 'why' }],
  });
  expect(emptied(visit)).toBe(2);
});

test('what is said to the console, and what could not be loaded', async () => {
  const program = `var seen;
    const start = () => {
    const own = Object.getOwnPropertyDescriptor(console, 'error');
    probe?.e(3 << 4 | 1);
    const result = console.error('%cred%c %s of %d, %o%', 'color: red', '', 'one', 2, { secret: 1 }, 'more', new RangeError('far'));
    probe?.l(3 << 4 | 2);
    for (let n = 0; n < 5; n++) console.error('again');
    console.error('password=hunter2hunter2');
    console.error();
    document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:1/x.png?id=7' }));
    setTimeout(() => (seen = [result, own.writable, own.enumerable, own.configurable, own.value.name, own.value.length, String(own.value), 'prototype' in own.value]), 300); };`;
  const consoleOf = async (open: typeof site.plain): Promise<[unknown, string[]]> => {
    const texts: string[] = [];
    const seen = await open(program, async (page) => {
      page.on('console', (message) => texts.push(message.text().replaceAll(/:\d+:\d+/g, '')));
      await page.evaluate('start()');
      await page.waitForFunction('window.seen !== undefined');
    });
    // Nobody collects here, of which the browser complains.
    return [seen, texts.filter((text) => !text.startsWith('WebSocket'))];
  };
  let visit!: Visit;
  const recorded = await consoleOf(async (...args) => (visit = await site.visit(...args)).seen);
  expect(recorded).toEqual(await consoleOf(site.plain));
  const told = ofKind(visit, 'console');
  expect(told.filter(({ message }) => message !== undefined).map(({ message }) => message)).toEqual([
    'red one of 2, Object% more RangeError: far',
    'again',
    'password=‹secret:16›',
    '',
    'cannot load img http://127.0.0.1:1/x.png?id',
  ]);
  const [first, again] = told;
  expect(told.find(({ count }) => count !== undefined)).toMatchObject({ id: again['id'], count: 5 });
  expect(visit.words.slice(0, 2)).toEqual(['call 3', `asks ${String(first['id'])}`]);
});

test('what the page loaded by itself, and what took long', async () => {
  const visit = await site.visit(
    `var seen;
    const script = document.createElement('script');
    script.src = '/api/s.js?key=1';
    document.body.append(script);
    // A browser that is busy tells late what took long.
    let told = 0;
    const both = new Promise((done) => {
      const hear = (list) => list.getEntries().forEach(({ duration }) => duration > 110 && ++told === 2 && done());
      new PerformanceObserver(hear).observe({ type: 'long-animation-frame', buffered: true });
    });
    // Nothing is told of frames before the page is first shown.
    const shown = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const work = () => {
      document.body.append('worked');
      for (const end = performance.now() + 120; performance.now() < end; );
    };
    // What a timer calls is a long task; what an answer sets off is none, but has a source.
    const timer = () => new Promise((done) => setTimeout(() => done(work())));
    shown.then(() => fetch('/api/x')).then(work).then(timer).then(() => both).then(() => setTimeout(() => (seen = 1), 300));`,
  );
  // The icon is asked for whenever the browser likes. The page is told as soon as it is there, and again when it has loaded.
  const loads = measured(visit).filter(
    ({ initiatorType, responseEnd }) =>
      initiatorType !== undefined && initiatorType !== 'fetch' && initiatorType !== 'other' && responseEnd,
  );
  const named = new Map(
    loads.map((load) => [`${String(load['initiatorType'])} ${load.name!.replace(/:\d+/, '')}`, load]),
  );
  expect([...named.keys()].toSorted()).toEqual([
    'navigation http://127.0.0.1/',
    'script http://127.0.0.1/api/s.js?key',
  ]);
  expect(named.get('navigation http://127.0.0.1/')).toMatchObject({
    responseStatus: 200,
    contentType: 'text/html',
  });
  expect(
    ofKind(visit, 'resource')
      .map(({ kind }) => kind)
      .filter(Boolean),
  ).toEqual(['fetch']);
  for (const { duration, responseStart, encodedBodySize } of named.values())
    expect([duration, responseStart, encodedBodySize].every((each) => (each as number) > 0)).toBe(true);
  const ofType = (type: string): Told[] => measured(visit).filter(({ entryType }) => entryType === type);
  expect(ofType('longtask').length).toBeGreaterThan(0);
  const frame = ofType('long-animation-frame').find(({ duration }) => (duration as number) > 110)!;
  expect(frame['blockingDuration']).toBeGreaterThan(50);
  expect(frame['scripts']).toMatchObject({
    sourceURL: expect.stringMatching(/^http/),
    duration: expect.any(Number),
  });
});

test('a page that moves in each frame tells its worst window, and nothing of one that is not worse', async () => {
  const visit = await site.visit(
    `var seen;
    const windows = [0];
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (windows[windows.length - 1] += value))).observe({ type: 'layout-shift' });
    const box = document.createElement('div');
    document.body.prepend(box);
    document.body.insertAdjacentHTML('beforeend', '<p id="below">moved</p>');
    const move = (frames, far, done) => {
      box.style.height = 10 + (frames % 2) * far + 'px';
      if (frames) requestAnimationFrame(() => move(frames - 1, far, done)); else setTimeout(done, 1500);
    };
    setTimeout(() => move(24, 60, () => { windows.push(0); move(24, 20, () => (seen = windows)); }), 300);`,
  );
  const [first, second] = visit.seen as number[];
  expect(first).toBeGreaterThan(second);
  expect(second).toBeGreaterThan(0);
  const sums = measured(visit)
    .filter(({ entryType }) => entryType === 'layout-shift')
    .map(({ sum }) => sum!);
  expect(sums).toEqual(sums.toSorted((a, b) => a - b));
  expect(sums.at(-1)).toBe(first);
  expect(vitals(visit).find(({ name }) => name === 'CLS')!.value).toBe(first);
});

test('a page that comes back begins a visit of its own', async () => {
  const visit = await site.visit(
    `var seen;
    setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), 300);
    setTimeout(() => (seen = 1), 600);`,
  );
  expect(vitals(visit).map(({ visit: number, name }) => `${number} ${name}`)).toEqual([
    '1 TTFB',
    '1 FCP',
    '1 LCP',
    '1 CLS',
    '2 FCP',
    '2 LCP',
    '2 CLS',
  ]);
});

test('a batch that was due before the collector was found is sent once it is, not only when the page goes away', async () => {
  const { batches, words } = await site.visit(
    'var seen; for (let n = 0; n < 600; n++) call(1); setTimeout(() => { call(2); seen = 0; }, 1500);',
  );
  expect(words.filter((word) => word === 'call 1')).toHaveLength(600);
  const [first] = batches;
  const entered = (n: number): number => first.words.filter((word) => word === wordOf(Kind.ENTER, n)).length;
  expect([entered(1), entered(2)]).toEqual([600, 0]);
});

test('an error of a worker is told once: by the worker, or by its page where the worker is not recorded', async () => {
  const visit = await site.visit(`
    var seen;
    const made = (text) => {
      const worker = new Worker(URL.createObjectURL(new Blob([text])));
      worker.onmessage = () => worker.postMessage(1);
    };
    const work = (message) => 'onmessage = () => { throw new RangeError("' + message + '"); }; setTimeout(() => postMessage(0), 100);';
    made('importScripts("' + location.origin + '/head.js");' + work('recorded'));
    made(work('left alone'));
    setTimeout(() => { seen = 1; }, 1500);`);
  expect(
    ofKind(visit, 'uncaught')
      .map(({ name, message }) => `${String(name)}: ${String(message)}`)
      .toSorted(),
  ).toEqual(['RangeError: recorded', 'string: Uncaught RangeError: left alone']);
});

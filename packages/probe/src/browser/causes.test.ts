/** Words of pages: which turn ran, who scheduled it, which task it is part of; what was asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Kind, kindOf, type Note, payloadOf, turnOf } from '../wire/index.ts';
import { openSite, type Site, type Visit } from './fixtures/page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

/** Words of one line, separated by `·`; those of tasks alone when asked for. */
const line = ({ words, notes }: Visit): string => {
  const ids = asked(notes).map(({ id }) => id);
  return words
    .map((word) => word.replace(/^asks (\d+)$/, (_, id) => `asks ${ids.indexOf(Number(id)) + 1}`))
    .join(' · ');
};
type Fields = Record<string, unknown>;
const ofKind = (notes: readonly Note[], kind: string): Fields[] => notes.filter(({ t }) => t === kind);
/** Notes that begin requests of the program, and those that end them, in their order; ids of the second are numbers among the first. */
const asked = (notes: readonly Note[]): Fields[] =>
  ofKind(notes, 'resource').filter(({ kind }) =>
    ['fetch', 'xhr', 'eventsource', 'websocket'].includes(String(kind)),
  );
const ended = (notes: readonly Note[]): Fields[] => {
  const ids = asked(notes).map(({ id }) => id);
  const ends = ofKind(notes, 'resource').filter(({ id, url }) => url === undefined && ids.includes(id));
  return ends.map((note) => ({ ...note, id: ids.indexOf(note['id']) + 1 })).toSorted((a, b) => a.id - b.id);
};
const seen = 'var seen = 1;';

test('timers, frames and messages belong to the turn that scheduled them', async () => {
  const visit = await site.visit(`
    var seen;
    probe.b(1, 100);
    call(1);
    setTimeout(() => {
      call(2);
      Promise.resolve().then(() => call(3));
      requestAnimationFrame(() => {
        call(4);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          call(5);
          postMessage(0, '*');
          onmessage = () => { call(6); seen = 1; };
        };
        port2.postMessage(0);
      });
    }, 1);`);
  expect(line(visit)).toBe(
    'call 1 · module 1 of 0 · call 2 · timeout 2 of 1 · call 3 · microtask 0 of 2 · ' +
      'call 4 · tick 3 of 2 · call 5 · message 4 of 3 · call 6 · message 5 of 4',
  );
});

test('the end of what a callback sets off is told as soon as it is over', async () => {
  const { batches, seen: ends } = await site.visit(
    `var seen;
    new Promise((resolve) => setTimeout(resolve, 1500)).then(() => { call(1); });
    setTimeout(() => { seen = performance.now(); }, 2000);`,
    // Whoever looks whether it was seen asks for frames, at which turns end.
    (page) => page.waitForTimeout(2200),
  );
  const words = batches.flatMap(({ words: all }) => [...all]);
  const at = words.findLastIndex(
    (word) => kindOf(word) === Kind.TASK && turnOf(payloadOf(word))?.kind === 'microtask',
  );
  expect(words[at + 2] / 1000).toBeLessThan((ends as number) - 300);
});

test('a turn without words passes on what it is of', async () => {
  const visit = await site.visit(`
    var seen;
    probe.b(1, 100);
    call(1);
    setTimeout(() => setTimeout(() => setTimeout(() => { call(2); seen = 1; })));`);
  expect(line(visit)).toBe('call 1 · module 1 of 0 · call 2 · timeout 2 of 1');
});

test('what an async call schedules after an await is its own, also where another turn set it off', async () => {
  const visit = await site.visit(`
    var seen;
    probe.b(1, 100);
    let go;
    const waits = new Promise((resolve) => (go = resolve));
    (async () => {
      const frame = probe.f(20 << 4 | 4);
      await probe.s(21 << 4 | 7, frame, waits);
      probe.r(21 << 4 | 8, frame);
      setTimeout(() => { call(1); seen = 1; }, 1);
      probe.x(20 << 4 | 5, frame);
    })();
    setTimeout(() => { call(2); go(); setTimeout(() => call(3)); }, 1);`);
  expect(line(visit)).toBe(
    'FRAME_ENTER 1 · SUSPEND 1 · module 1 of 0 · call 2 · timeout 2 of 1 · RESUME 1 · FRAME_LEAVE 1 · microtask 0 of 2 · ' +
      'call 3 · timeout 3 of 2 · call 1 · timeout 4 of frame 1',
  );
});

test('a turn that an exception leaves is told; what goes on in it was set off by it', async () => {
  const visit = await site.visit(
    `${seen}
    setTimeout(() => { setTimeout(() => call(3)); call(1); queueMicrotask(() => call(2)); throw new Error('mine'); });
    const go = document.querySelector('#go');
    go.addEventListener('click', () => { call(4); setTimeout(() => call(6)); throw new Error('mine'); });
    go.addEventListener('click', () => call(5));`,
    async (page) => {
      await page.waitForTimeout(50);
      await page.click('#go');
      await page.waitForTimeout(50);
    },
  );
  const id = Number(ofKind(visit.notes, 'task')[0]['id']);
  expect(line(visit)).toBe(
    // The word that nobody caught it stands before the first that belong to microtasks.
    'call 1 · timeout 1 of 0 · microtask 0 of 1 · call 2 · microtask 0 of 1 · call 3 · timeout 2 of 1 · ' +
      `begins ${id} · call 4 · message 3 of 0 · call 5 · ends ${id} · microtask 0 of 3 · done ${id} · call 6 · timeout 4 of 3`,
  );
});

test('what the user does is a task, if anything was recorded; what it brings about within is part of it', async () => {
  const visit = await site.visit(
    `${seen}
    const go = document.querySelector('#go');
    go.addEventListener('click', () => { call(1); document.querySelector('#q').focus(); go.dispatchEvent(new Event('input')); });
    document.querySelector('#q').addEventListener('focus', () => call(2));
    go.addEventListener('input', () => call(3));
    addEventListener('mousemove', () => {});
    document.querySelector('#f').addEventListener('submit', (event) => { event.preventDefault(); call(4); setTimeout(() => call(5)); });`,
    async (page) => {
      await page.mouse.move(200, 200);
      await page.click('#go');
      await page.click('#s');
      await page.waitForTimeout(50);
    },
  );
  const [click, submit] = ofKind(visit.notes, 'task');
  expect([click, submit]).toEqual([
    { t: 'task', id: click['id'], kind: 'click', name: 'click button#go "Go on"' },
    { t: 'task', id: submit['id'], kind: 'submit', name: 'submit form#f' },
  ]);
  expect(ofKind(visit.notes, 'task')).toHaveLength(2);
  const of = (task: Fields, words: string, turn: number): string =>
    `begins ${String(task['id'])} · ${words} · ends ${String(task['id'])} · message ${turn} of 0 · done ${String(task['id'])}`;
  expect(line(visit)).toBe(
    `${of(click, 'call 1 · call 2 · call 3', 1)} · ${of(submit, 'call 4', 2)} · call 5 · timeout 3 of 2`,
  );
});

test('names of tasks: a short selector, texts of buttons, nothing that was written, no secrets', async () => {
  const visit = await site.visit(
    `${seen}
    document.body.innerHTML = \`<button class="big red">  Buy now </button><a href="#a" aria-label="Home"><b id="in">x</b></a><input id="q" value="mine"><input name="who"><button id="t">token=abcdefgh1234</button>
      <form><input name="id"><button type="submit" id="last">Go</button></form>\`;
    for (const type of ['click', 'keydown', 'submit']) addEventListener(type, (event) => { event.preventDefault(); call(1); });`,
    async (page) => {
      for (const at of ['.big', '#in', '#q', '#t']) await page.click(at);
      await page.type('[name=who]', 'b');
      await page.click('#last');
    },
  );
  expect(ofKind(visit.notes, 'task').map(({ name }) => name)).toEqual([
    'click button.big "Buy now"',
    'click a "Home"',
    'click input#q',
    'click button#t "token=‹secret:16›"',
    'keydown input[name=who]',
    'click button#last "Go"',
  ]);
});

test('requests: who asked, what came of it, and the trace that they are part of', async () => {
  site.asked.length = 0;
  const visit = await site.visit(
    `var seen;
    document.querySelector('#go').addEventListener('click', () => {
      call(1);
      fetch('/api/a?secret=1', { headers: { b: 'c' } }).then((response) => { call(2); return response.json(); }).then(() => {
        call(3);
        const xhr = new XMLHttpRequest();
        xhr.open('POST', '/api/b');
        xhr.onload = () => { call(4); fetch('${site.other}/api/c').then(() => { call(5); return fetch('http://127.0.0.1:1/').catch(() => { call(6); setTimeout(() => { seen = 1; }, 300); }); }); };
        xhr.send('x');
      });
    });`,
    (page) => page.click('#go'),
  );
  const words = line(visit).replaceAll(/(begins|ends|done) \d+/g, '$1');
  expect(words).toBe(
    'begins · call 1 · asks 1 · ends · message 1 of 0 · done · call 2 · http client 2 of 1 · call 3 · asks 2 · http client 3 of 2 · ' +
      'call 4 · asks 3 · http client 4 of 3 · call 5 · asks 4 · http client 5 of 4 · call 6 · http client 6 of 5',
  );
  const begun = asked(visit.notes);
  const [{ trace }] = begun;
  expect(begun).toEqual([
    expect.objectContaining({
      kind: 'fetch',
      method: 'GET',
      url: expect.stringMatching(/\/api\/a\?secret$/),
      trace,
    }),
    expect.objectContaining({
      kind: 'xhr',
      method: 'POST',
      trace,
      span: expect.stringMatching(/^[0-9a-f]{16}$/),
    }),
    expect.not.objectContaining({ span: expect.anything() }),
    expect.not.objectContaining({ span: expect.anything() }),
  ]);
  expect(trace).toMatch(/^[0-9a-f]{32}$/);
  const answer = { ttfb: expect.any(Number), status: 200 };
  expect(ended(visit.notes)).toEqual([
    { t: 'resource', id: 1, ...answer },
    { t: 'resource', id: 2, ...answer },
    { t: 'resource', id: 3, ...answer },
    { t: 'resource', id: 4, took: expect.any(Number), failure: 'failed' },
  ]);
  // The browser tells the rest.
  const measured = ofKind(visit.notes, 'entry').filter(({ of }) => of !== undefined);
  const whole = { responseEnd: expect.any(Number), encodedBodySize: 7, contentType: 'application/json' };
  expect(measured).toEqual([
    expect.objectContaining({ of: begun[0]['id'], initiatorType: 'fetch', ...whole }),
    expect.objectContaining({ of: begun[1]['id'], initiatorType: 'xmlhttprequest', ...whole }),
    expect.objectContaining({ of: begun[2]['id'], responseEnd: expect.any(Number) }),
  ]);
  expect(
    site.asked.map(({ method, url, headers }) => [method, url, headers['traceparent'], headers['b']]),
  ).toEqual([
    ['GET', '/api/a?secret=1', `00-${String(trace)}-${String(begun[0]['span'])}-01`, 'c'],
    ['POST', '/api/b', `00-${String(trace)}-${String(begun[1]['span'])}-01`, undefined],
    ['GET', '/api/c', undefined, undefined],
  ]);
});

/** What is known of each request of the program, in their order: status as it was heard, bytes as the browser measured them; null: not known. */
const answersOf = ({ notes }: Visit): (number | null)[][] =>
  asked(notes).map(({ id }) => [
    (ofKind(notes, 'resource').findLast((note) => note['id'] === id)!['status'] as number) ?? null,
    (ofKind(notes, 'entry').find(({ of }) => of === id)?.['encodedBodySize'] as number) ?? null,
  ]);
/** What pages of these tests ask with. */
const ASKING = `
  var seen;
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const ask = (answer, more) => fetch('/api/as-told', { method: 'POST', body: JSON.stringify(answer), ...more });
  const askBeside = (answer) => new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', '/api/as-told');
    xhr.onloadend = resolve;
    xhr.send(JSON.stringify(answer));
  });
  const after = (done) => done.then(() => rest(200)).then(() => { seen = 1; });`;

test.each([
  [
    'answered in another order than they were asked',
    `const slow = ask({ bytes: 1, ms: 300 }).then((response) => response.text());
     after(rest(50).then(() => ask({ bytes: 2 })).then((response) => response.text()).then(() => slow));`,
    [
      [200, 1],
      [200, 2],
    ],
  ],
  [
    'all made at once',
    `after(Promise.all([askBeside({ bytes: 1, ms: 300 }), askBeside({ bytes: 2, ms: 200, status: 404 }), askBeside({ bytes: 3, ms: 100 })]));`,
    [
      [200, 1],
      [404, 2],
      [200, 3],
    ],
  ],
  [
    'one whose answer is not read, and one more',
    `after(ask({ bytes: 1, status: 401 }).then(() => ask({ bytes: 2 })).then((response) => response.text()));`,
    [
      [401, 1],
      [200, 2],
    ],
  ],
  [
    'one that is given up, and one more',
    `const control = new AbortController();
     ask({ bytes: 1, ms: 300 }, { signal: control.signal }).catch(() => {});
     control.abort();
     after(ask({ bytes: 2, ms: 50 }).then((response) => response.text()));`,
    [
      [null, null],
      [200, 2],
    ],
  ],
  [
    'one that blocks the thread while another goes on',
    `const first = ask({ bytes: 1, ms: 300 }).then((response) => response.text());
     after(rest(20).then(() => { const xhr = new XMLHttpRequest(); xhr.open('POST', '/api/as-told', false); xhr.send('{"bytes":2}'); return first; }));`,
    [
      [200, 1],
      [200, 2],
    ],
  ],
  [
    'by other ways',
    `after(Promise.all([askBeside({ bytes: 1, ms: 200 }), ask({ bytes: 2, ms: 100 }).then((response) => response.text())]));`,
    [
      [200, 1],
      [200, 2],
    ],
  ],
])('requests of one URL have their own answers: %s', async (_, text, answers) => {
  expect(answersOf(await site.visit(ASKING + text))).toEqual(answers);
});

test('streams: what comes belongs to who opened them', async () => {
  const visit = await site.visit(`
    var seen;
    probe.b(1, 100);
    call(1);
    const stream = new EventSource('/api/stream');
    stream.onmessage = () => {
      call(2);
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/none');
      socket.onclose = () => { call(3); seen = 1; };
    };`);
  expect(line(visit)).toBe(
    'call 1 · asks 1 · module 1 of 0 · call 2 · asks 2 · socket 2 of 1 · call 3 · socket 3 of 2',
  );
  expect(asked(visit.notes).map(({ kind }) => kind)).toEqual(['eventsource', 'websocket']);
  // The stream ends when the page is left.
  expect(ended(visit.notes).at(-1)).toMatchObject({ id: 2, failure: 'failed' });
});

test('requests that no event ends: made anew while they go on, failed while they block the thread, never made', async () => {
  const visit = await site.visit(`
    var seen;
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/a');
    xhr.send();
    xhr.open('GET', '/api/b');
    xhr.onloadend = () => { setTimeout(() => { seen = 1; }, 100); };
    xhr.send();
    const blocking = new XMLHttpRequest();
    blocking.open('GET', 'http://127.0.0.1:1/', false);
    try { blocking.send(); } catch {}
    try { blocking.send(); } catch {}
    try { new WebSocket('/api/none', ['twice', 'twice']); } catch {}`);
  const of = new Map(
    asked(visit.notes).map(({ id, kind, url }) => [id, `${kind} ${new URL(url as string).pathname}`]),
  );
  const failures = ofKind(visit.notes, 'resource').filter(({ failure }) => failure !== undefined);
  expect(failures.map(({ id, failure }) => `${of.get(id)} ${failure}`)).toEqual([
    'xhr /api/a aborted',
    'xhr / failed',
    'xhr / failed',
    'websocket /api/none failed',
  ]);
  expect(asked(visit.notes)).toHaveLength(5);
});

test('a handler that heard of a request before it was opened is part of it', async () => {
  const visit = await site.visit(`
    var seen;
    probe.b(1, 100);
    call(1);
    const xhr = new XMLHttpRequest();
    xhr.onreadystatechange = () => { if (xhr.readyState === 2) call(2); };
    xhr.onloadend = () => { seen = 1; };
    xhr.open('GET', '/api/a');
    xhr.send();`);
  expect(line(visit)).toBe('call 1 · asks 1 · module 1 of 0 · call 2 · http client 2 of 1');
});

test('no request carries a trace where that is not wanted', async () => {
  site.asked.length = 0;
  await site.visit(`var seen; fetch('/api/a').then(() => { seen = 1; });`, undefined, { propagate: false });
  expect(site.asked.map(({ headers }) => headers['traceparent'])).toEqual([undefined]);
});

test('a trace of the program stays; other origins get one when they are named', async () => {
  site.asked.length = 0;
  await site.visit(
    `var seen;
    (async () => {
      const headers = { TraceParent: '00-11111111111111111111111111111111-2222222222222222-00' };
      await fetch('/api/a', { headers });
      await fetch('/api/b', { headers: new Headers(headers) });
      await fetch('/api/c', { headers: Object.entries(headers) });
      await fetch(new Request('/api/d', { headers }));
      await fetch('${site.other}/api/e');
      seen = 1;
    })();`,
    undefined,
    { propagate: [site.other] },
  );
  const traces = site.asked
    .filter(({ method }) => method === 'GET')
    .map(({ headers }) => headers['traceparent']);
  expect(traces.slice(0, 4)).toEqual(
    Array(4).fill('00-11111111111111111111111111111111-2222222222222222-00'),
  );
  expect(traces[4]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
});

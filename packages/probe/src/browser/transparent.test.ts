/** A page finds everything as without us. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSite, type Site } from './fixtures/page.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 120_000);
afterAll(() => site.close());

/** The same script with the probe and without. @param isFree what it saw may come in any order */
async function same(text: string, act?: Parameters<Site['plain']>[1], isFree = false): Promise<unknown> {
  const order = (seen: unknown): unknown => (isFree ? (seen as string[]).toSorted() : seen);
  const plain = await site.plain(text, act);
  const { seen } = await site.visit(text, act);
  expect(order(seen)).toEqual(order(plain));
  return plain;
}

const NATIVES = `
setTimeout setInterval requestAnimationFrame requestIdleCallback postMessage fetch MessageChannel Worker BroadcastChannel WebSocket EventSource
IntersectionObserver ResizeObserver Function.prototype.toString MessagePort.prototype.postMessage Worker.prototype.postMessage Scheduler.prototype.postTask
XMLHttpRequest XMLHttpRequest.prototype.open XMLHttpRequest.prototype.send XMLHttpRequest.prototype.abort XMLHttpRequest.prototype.setRequestHeader
Response.prototype.json Response.prototype.text Response.prototype.blob Response.prototype.arrayBuffer Response.prototype.formData clearTimeout queueMicrotask console.error`;

test('natives: names, lengths, texts, descriptors, prototypes, constructors, own keys', async () => {
  const seen = (await same(`
    const show = (path) => {
      const parts = path.split('.');
      const key = parts.pop();
      let holder = parts.reduce((at, part) => at[part], window);
      const value = holder[key];
      while (!Object.hasOwn(holder, key)) holder = Object.getPrototypeOf(holder);
      const { value: _, ...flags } = Object.getOwnPropertyDescriptor(holder, key);
      const named = (it) => (typeof it === 'function' ? it.name : typeof it);
      return [
        path, typeof value, value.name, value.length, String(value), Function.prototype.toString.call(value), flags, Reflect.ownKeys(value).map(String),
        Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, { value, ...flags }]) => [name, named(value), flags]),
        Object.getPrototypeOf(value) === Function.prototype || named(Object.getPrototypeOf(value)), 'prototype' in value && value.prototype.constructor === value,
        'prototype' in value && Object.getOwnPropertyDescriptor(value.prototype, 'constructor').enumerable, value.toString === Function.prototype.toString,
        Object.isExtensible(value), Object.prototype.toString.call(value),
      ];
    };
    seen = ${JSON.stringify(NATIVES.trim().split(/\s+/))}.map(show);
    seen.push(Reflect.ownKeys(window).filter((key) => typeof key === 'string').length, Reflect.ownKeys(Response.prototype).map(String), Reflect.ownKeys(MessagePort.prototype).map(String));
  `)) as unknown[][];
  expect(seen[0][4]).toBe('function setTimeout() { [native code] }');
});

/** `log` notes; `done` ends. `at` is a trace without what differs between two visits. */
const LOG = `
  var seen;
  const all = [];
  const log = (...what) => void all.push(what.map((it) => (typeof it === 'string' ? it : JSON.stringify(it) ?? String(it))).join(' '));
  const done = (ms = 0) => setTimeout(() => { seen = all; }, ms);
  const at = (error) => String(error.stack).replaceAll(/(https?:\\/\\/[^:]*):\\d+/g, '$1').replaceAll(/:\\d+:\\d+/g, '');
`;

test('callbacks: what they are called with, when, and what is below them on the stack', async () => {
  const seen = await same(
    `${LOG}
    const hear = (name) => function (...args) {
      log(name, this === window, this === undefined, args.length, args.map((arg) => typeof arg), at(new Error('here')));
      Promise.resolve().then(() => log(name, 'microtask'));
    };
    log(typeof setTimeout(hear('timeout'), 1, 1, 'two'), typeof setTimeout.call(undefined, hear('called'), 2));
    let times = 0;
    const interval = setInterval(function () { hear('interval').apply(this, arguments); if (++times === 3) clearInterval(interval); }, 3);
    clearTimeout(setTimeout(hear('never'), 1));
    setTimeout('log("text", this === window)', 5);
    setTimeout({ toString: () => 'log("object")' }, 6);
    setTimeout(async function () { await null; log('async', at(new Error('here'))); }, 7);
    setTimeout(new Proxy(hear('proxy'), {}), 8);
    setTimeout(hear('bound').bind(document), 9);
    setTimeout(class { }, 10);
    for (const [name, act] of Object.entries({
      none: () => setTimeout(), nan: () => cancelAnimationFrame(requestAnimationFrame(1)), illegal: () => setTimeout.call({}, hear('x')), made: () => new setTimeout(() => {}),
      symbol: () => setTimeout(Symbol.iterator), throws: () => setTimeout(() => {}, { valueOf() { log('valueOf'); throw new RangeError('mine'); } }),
    })) try { log(name, typeof act()); } catch (error) { log(name, error.name, error.message, at(error), Object.getOwnPropertyNames(error)); }
    addEventListener('error', (event) => { log('uncaught', event.message, event.lineno > 0, event.error && at(event.error)); });
    setTimeout(function fails() { throw new TypeError('mine'); }, 11);
    requestAnimationFrame(hear('frame'));
    requestAnimationFrame(hear('frame 2'));
    setTimeout(() => requestIdleCallback(hear('idle')), 20);
    scheduler.postTask(hear('task'), { delay: 25 }).then(() => log('task done'));
    new IntersectionObserver(hear('intersection')).observe(document.body);
    setTimeout(() => new ResizeObserver(hear('resize')).observe(document.body), 30);
    queueMicrotask(hear('microtask'));
    log(Error.stackTraceLimit, RegExp.$1);
    done(120);
  `,
    undefined,
    true,
  );
  expect(seen).toContainEqual(
    expect.stringMatching(/^timeout true false 2 \["number","string"\] Error: here\n    at [^\n]*$/),
  );
});

test('messages: order, data, ports', async () => {
  await same(`${LOG}
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = function (event) { log('port', this === port1, event.data, at(new Error('here'))); Promise.resolve().then(() => log('microtask', event.data)); };
    port1.addEventListener('message', (event) => log('second', event.data));
    port2.postMessage(1); port2.postMessage(2);
    try { port2.postMessage(() => {}); } catch (error) { log(error.name, error.message.slice(0, 30), at(error)); }
    class Mine extends MessageChannel { constructor() { super(); this.mine = 1; } }
    const mine = new Mine();
    log(mine instanceof Mine, mine instanceof MessageChannel, mine.constructor === Mine, mine.mine, Object.prototype.toString.call(mine));
    try { MessageChannel(); } catch (error) { log(error.name, error.message, at(error)); }
    try { new WebSocket('nonsense:'); } catch (error) { log(error.name, error.message, at(error)); }
    log(WebSocket.OPEN, EventSource.CLOSED, new MessageChannel().constructor === MessageChannel, Reflect.construct(MessageChannel, [], Array) instanceof Array);
    onmessage = (event) => log('window', event.data, event.source === window, at(new Error('here')));
    postMessage('self', '*');
    const channel = new BroadcastChannel('x');
    channel.onmessage = (event) => log('broadcast', event.data, at(new Error('here')));
    new BroadcastChannel('x').postMessage('all');
    const worker = new Worker(URL.createObjectURL(new Blob(['onmessage = (event) => postMessage(event.data + 1)'])));
    worker.onmessage = (event) => log('worker', event.data, at(new Error('here')));
    setTimeout(() => worker.postMessage(1), 30);
    done(250);
  `);
});

test('events: who hears them in which order, and what handlers and errors look like', async () => {
  const seen = await same(
    `${LOG}
    const go = document.querySelector('#go');
    const hear = (name) => function (event) {
      log(name, event.type, this === event.currentTarget, event.eventPhase, event.isTrusted, event.composedPath().length, event.defaultPrevented, event.cancelable);
      queueMicrotask(() => log('microtask', name));
    };
    const capture = hear('window capture');
    addEventListener('click', capture, true);
    go.addEventListener('click', hear('target'));
    const gone = hear('gone'); go.addEventListener('click', gone); go.removeEventListener('click', gone);
    log(go.onclick, typeof onclick, window.onclick);
    go.onclick = hear('property');
    document.addEventListener('click', (event) => { event.preventDefault(); hear('document')(event); event.stopPropagation(); });
    addEventListener('click', hear('never'));
    document.querySelector('#f').addEventListener('submit', (event) => { event.preventDefault(); log('submit', event.isTrusted, at(new Error('here'))); });
    document.querySelector('#q').addEventListener('input', (event) => log('input', event.data));
    document.querySelector('#q').addEventListener('keydown', (event) => { log('keydown', event.key); if (event.key === 'x') { document.querySelector('#s').focus(); go.click(); throw new Error('mine'); } });
    document.querySelector('#s').addEventListener('focus', (event) => log('focus', event.isTrusted));
    addEventListener('error', (event) => log('uncaught', event.message, at(event.error)));
    addEventListener('end', () => done(30));
    `,
    async (page) => {
      await page.click('#go');
      await page.type('#q', 'ax');
      await page.click('#s');
      await page.evaluate('dispatchEvent(new Event("end"))');
    },
  );
  expect(seen).toContain('focus true');
});

test('fetch: what is sent and answered, errors, rejections that nobody hears of', async () => {
  const seen = await same(`${LOG}
    addEventListener('unhandledrejection', (event) => log('unhandled', event.reason.name, event.promise === last, at(event.reason)));
    let last;
    (async () => {
      const answer = fetch('/api/a');
      log(answer.constructor === Promise, Object.prototype.toString.call(answer), Object.getPrototypeOf(answer) === Promise.prototype, Reflect.ownKeys(answer));
      const response = await answer;
      log(response.status, response.url.slice(-6), response.headers.get('content-type'), await response.clone().text(), await response.json());
      await response.json().catch((error) => log(error.name, error.message, at(error)));
      const request = new Request('/api/b', { method: 'POST', body: 'x', headers: { a: 'b' }, referrer: '/from', referrerPolicy: 'no-referrer' });
      log((await fetch(request)).status, request.bodyUsed, [...request.headers], request.referrerPolicy);
      const init = Object.freeze({ method: 'PUT', headers: Object.freeze({ A: '1' }), body: 'y' });
      log((await fetch(new URL('/api/c', location.href), init)).status, JSON.stringify(init));
      let reads = [];
      const getters = { get method() { reads.push('method'); return 'POST'; }, get headers() { reads.push('headers'); return new Map([['q', '1']]).entries(); } };
      log((await fetch('/api/d', getters)).status, reads);
      for (const act of [
        () => fetch(), () => fetch('http://['), () => fetch('/api/e', { method: 'TRACE' }), () => fetch('/api/e', { headers: { 'no good': 1 } }), () => fetch('/api/e', 5),
        () => fetch('/api/e', { headers: null }), () => fetch('/api/e', { headers: [['a']] }), () => fetch({ toString: () => '/api/f' }), () => fetch('/api/g', null), () => fetch('http://127.0.0.1:1/'),
        () => fetch('/api/h', { signal: AbortSignal.abort() }), () => fetch.call({}, '/api/x'),
      ]) await act().then((response) => log(response.status), (error) => log(error.name, error.message, at(error), Object.getOwnPropertyNames(error)));
      const controller = new AbortController();
      const aborted = fetch('/api/i', { signal: controller.signal });
      aborted.catch((error) => log('aborted', error === controller.signal.reason));
      controller.abort();
      await aborted.catch(() => {});
      last = fetch('http://127.0.0.1:1/');
      await last.then(() => {}, () => {});
      last = fetch('http://127.0.0.1:1/');
      setTimeout(() => { last = Promise.reject(new Error('plain')); }, 100);
      done(200);
    })();
  `);
  expect(seen).toContainEqual(expect.stringMatching(/^unhandled TypeError true/));
});

test('XMLHttpRequest: its events, one after the other, also within calls', async () => {
  await same(`${LOG}
    // A handler that a call of open, send or abort runs has a frame of ours below that call.
    const isWithin = (name, xhr) => xhr.readyState < 2 || name === 'sync' || name === 'aborted';
    const follow = (xhr, name) => {
      for (const type of ['readystatechange', 'loadstart', 'progress', 'load', 'loadend', 'abort', 'error', 'timeout'])
        xhr['on' + type] = function (event) { log(name, type, this === xhr, xhr.readyState, xhr.status, isWithin(name, xhr) ? '' : at(new Error('here'))); };
      return xhr;
    };
    const get = follow(new XMLHttpRequest(), 'get');
    get.open('GET', '/api/a'); get.setRequestHeader('a', 'b'); get.send();
    get.addEventListener('loadend', () => {
      log(get.responseText, get.getAllResponseHeaders().includes('content-type'));
      const aborted = follow(new XMLHttpRequest(), 'aborted');
      aborted.open('POST', '/api/b'); aborted.send('x'); aborted.abort(); log('after abort', aborted.readyState);
      const sync = follow(new XMLHttpRequest(), 'sync');
      sync.open('GET', '/api/c', false); sync.send(); log('after sync', sync.status);
      const fails = follow(new XMLHttpRequest(), 'fails');
      fails.open('GET', 'http://127.0.0.1:1/'); fails.send();
      for (const act of [() => new XMLHttpRequest().send(), () => new XMLHttpRequest().open('TRACE', '/'), () => sync.setRequestHeader('a', 'b'), () => XMLHttpRequest.prototype.open.call({}), () => new XMLHttpRequest().open()])
        try { act(); } catch (error) { log(error.name, error.message, at(error)); }
      const implied = follow(new XMLHttpRequest(), 'sync');
      implied.open('GET', '/api/e', undefined); implied.send(); log('after implied', implied.status);
      class Mine extends XMLHttpRequest { open(...args) { super.open(...args); } }
      const mine = new Mine(); mine.open('GET', '/api/d'); mine.onload = () => log('mine', mine.status); mine.send();
      done(150);
    });
  `);
});

test('a worker finds its globals as they are, and speaks with its page', async () => {
  const work = `
    importScripts('/head.js');
    const seen = [];
    const log = (...what) => void seen.push(what.map(String).join(' '));
    if (probe && probe.e(17) !== 19) throw new Error('the probe does nothing');
    for (const key of ['setTimeout', 'fetch', 'MessageChannel', 'WebSocket', 'XMLHttpRequest', 'postMessage', 'requestAnimationFrame'])
      log(key, self[key], Object.keys(Object.getOwnPropertyDescriptor(self, key) ?? {}));
    onmessage = async ({ data }) => {
      log('asked', data, new Error('here').stack.split('\\n').length);
      setTimeout(async function () {
        log('timeout', this === self, new Error('here').stack.split('\\n').length);
        log(await (await fetch('/api/a')).text());
        call(1);
        postMessage(seen);
      }, 1);
    };`;
  const seen = await same(`
    var seen;
    const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(work)}.replace("'/head.js'", JSON.stringify(location.origin + '/head.js')).replace("'/api/a'", JSON.stringify(location.origin + '/api/a'))])));
    worker.onmessage = ({ data }) => { seen = data; };
    worker.postMessage('go');
  `);
  expect(seen).toContain('{"n":1}');
});

test('where the program has changed how errors are shown, nothing is asked of it', async () => {
  await same(`${LOG}
    let asked = 0;
    Error.prepareStackTrace = (error, sites) => { asked++; return 'mine ' + error.message; };
    for (const act of [() => setTimeout(), () => new WebSocket('nonsense:')]) try { act(); } catch (error) { log(asked, error.message); log(error.stack); }
    fetch('http://127.0.0.1:1/').catch((error) => { log(asked, error.stack); delete Error.prepareStackTrace; Object.freeze(Error); setTimeout(() => { try { setTimeout(); } catch (error) { log(at(error)); } done(10); }); });
  `);
});

test('what was replaced before we came stays replaced', async () => {
  await same(`${LOG}
    const before = [setTimeout, fetch, XMLHttpRequest.prototype.send];
    const { setTimeout: native } = window;
    window.setTimeout = function (act, ...rest) { log('mine', rest.join()); return native.call(this, act, ...rest); };
    window.fetch = async () => { log('fake'); return new Response('fake'); };
    setTimeout((n) => log('ran', n), 1, 5);
    (async () => { log(await (await fetch('/api/a')).text()); window.fetch = before[1]; window.setTimeout = before[0]; log(fetch === before[1], (await fetch('/api/a')).status); done(20); })();
  `);
});

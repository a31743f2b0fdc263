/**
 * What V8 itself counts of a page and its workers, function by function, by the place in the source: precise coverage over the protocol of Chromium's
 * developer tools, led back through the source maps of the scripts as they were served.
 */
import { LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';

const PRECISE = { callCount: true, detailed: true };

/**
 * Counts from here on. Before the page loads anything, or else what ran before is missing.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => Promise<Script[]>>} what to ask in the end, while page and workers are there
 *
 * @typedef {{ url: string, text: string, map?: TraceMap, functions: { functionName: string, ranges: { startOffset: number, endOffset: number, count: number }[] }[] }} Script
 */
export async function countPrecisely(page) {
  const session = await page.context().newCDPSession(page);
  const targets = [await counted((method, params) => session.send(method, params))];
  const workers = [];
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker')
      workers.push(counted(throughMessages(session, sessionId)).finally(() => heard(page)));
  });
  await page.addInitScript(holdQuestions);
  // Nested sessions speak through this one: the browser's own way needs them to be known to the client.
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: false,
  });
  return async () => {
    const all = [...targets, ...(await Promise.all(workers))];
    return (await Promise.all(all.map(scriptsOf))).flat();
  };
}

/**
 * In the page: the worker is asked nothing before V8 counts there. It does not wait for that by itself, as the client of the protocol has a session of its own with it, and lets it
 * go on.
 */
function holdQuestions() {
  // oxlint-disable-next-line typescript/unbound-method -- called on what it was asked of
  const { postMessage } = Worker.prototype;
  const counts = new Promise((begin) => (globalThis.workerCounts = begin));
  Worker.prototype.postMessage = function (...message) {
    void counts.then(() => postMessage.apply(this, message));
  };
}

const heard = (page) => page.evaluate(() => globalThis.workerCounts());

/** Precise coverage begins in a target, which goes on if it waited for that. */
async function counted(send) {
  await send('Profiler.enable');
  await send('Profiler.startPreciseCoverage', PRECISE);
  await send('Runtime.runIfWaitingForDebugger');
  return send;
}

/** @returns {(method: string, params?: object) => Promise<object>} */
function throughMessages(session, sessionId) {
  const waiting = new Map();
  let last = 0;
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return;
    const { id, result, error } = JSON.parse(event.message);
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error) answer?.fail(new Error(error.message));
    else answer?.done(result);
  });
  return (method, params = {}) => {
    const id = ++last;
    const answer = new Promise((done, fail) => waiting.set(id, { done, fail }));
    const message = JSON.stringify({ id, method, params });
    return session.send('Target.sendMessageToTarget', { sessionId, message }).then(() => answer);
  };
}

async function scriptsOf(send) {
  const { result } = await send('Profiler.takePreciseCoverage');
  // Not before: a debugger has V8 throw away code, and counts of it with some versions.
  await send('Debugger.enable');
  const scripts = [];
  for (const { scriptId, url, functions } of result) {
    if (!url.startsWith('http')) continue;
    const { scriptSource } = await send('Debugger.getScriptSource', { scriptId });
    scripts.push({ url, text: scriptSource, map: await sourceMapOf(url, scriptSource), functions });
  }
  return scripts;
}

/**
 * What V8 counted of each function of ours. A source map tells of some places only: where V8 has a function begin lies between two of them, and so does its
 * beginning in the source. Several between the same two are in the same order in both.
 * @param {Script[]} scripts
 * @param {(url: URL) => string} pathOf file that a URL stands for, as recordings name it
 * @param {{ path: string, line: number, column: number }[]} functions in the order of their places
 * @returns {{ counts: Map<object, number>, strangers: string[] }} calls by function; what V8 counted that is no function of the source
 */
export function countsOf(scripts, pathOf, functions) {
  const counts = new Map();
  const strangers = [];
  const own = grouped(functions, ({ path }) => path);
  for (const { text, map, functions: seen } of scripts) {
    if (map === undefined) continue;
    const found = new Set();
    const lines = lineStarts(text);
    const placed = seen
      // What begins with the text is the script itself, which may have been thrown away already; fields of classes are no function of anybody.
      .filter(
        ({ functionName, ranges: [{ startOffset }] }) => startOffset > 0 && !functionName.startsWith('<'),
      )
      .map((each) => ({ ...each, ...between(map, positionAt(lines, each.ranges[0].startOffset)) }))
      .filter(({ source }) => source !== null);
    for (const group of grouped(placed, ({ key }) => key).values()) {
      const [{ source, from, to, isExact }] = group;
      const path = pathOf(new URL(source));
      const all = own.get(path) ?? [];
      const there = isExact ? [nearest(all, from)] : all.filter((each) => isIn(each, from, to));
      const named = group.toSorted((a, b) => a.ranges[0].startOffset - b.ranges[0].startOffset);
      for (const [index, { functionName, ranges }] of named.entries()) {
        const ours = there[index] ?? nearest(all, from);
        if (ours === undefined || found.has(ours))
          strangers.push(`${functionName} at ${path}:${from.line}:${from.column}, ${ranges[0].count} times`);
        else {
          found.add(ours);
          counts.set(ours, (counts.get(ours) ?? 0) + ranges[0].count);
        }
      }
    }
  }
  return { counts, strangers };
}

/**
 * Where the map knows exactly where V8 has it begin, that may be the word behind the first: V8 leaves `static` out, minifiers the parenthesis of a parameter. Or
 * the one before it: bundlers take `export` off, and have the function begin where that was.
 */
function nearest(functions, { line, column }) {
  const BEFORE = 'async ('.length;
  const BEHIND = 'export default '.length;
  const far = (each) => {
    const distance = each.column - column;
    return distance > 0 ? BEFORE + distance : -distance;
  };
  return functions
    .filter((each) => each.line === line && far(each) <= BEFORE + BEHIND && column - each.column <= BEFORE)
    .toSorted((a, b) => far(a) - far(b))[0];
}

const isIn = ({ line, column }, from, to) =>
  (line > from.line || (line === from.line && column >= from.column)) &&
  (line < to.line || (line === to.line && column <= to.column));

/** The last place that the map knows up to a position, and the first one from there on: `isExact` where both are the same. */
function between(map, position) {
  const { source, line, column } = originalPositionFor(map, position);
  const next = originalPositionFor(map, { ...position, bias: LEAST_UPPER_BOUND });
  const isExact = next.source === source && next.line === line && next.column === column;
  const isBefore = next.source === source && next.line >= line;
  const to = isBefore ? next : { line, column: Infinity };
  return {
    source,
    from: { line, column },
    to,
    isExact,
    key: `${source}:${line}:${column}:${to.line}:${to.column}`,
  };
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  }
  return groups;
}

async function sourceMapOf(url, text) {
  const address = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(text)?.[1];
  if (address === undefined) return undefined;
  const response = await fetch(new URL(address, url));
  return new TraceMap(await response.json(), url);
}

function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line from 1, column from 0. */
function positionAt(starts, offset) {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - starts[low] };
}

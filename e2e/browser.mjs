/**
 * Both halves of an application in one recording: samples/storefront (React, Vite, a worker) in front of samples/shop (Express, a database), visited in
 * Chromium. From the dev server and as a production build.
 *
 *   npm run e2e -- browser dev      cases with this in their name
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCases } from './_cases.mjs';
import { sameCounts } from './browser/counts.mjs';
import { record, SAMPLES } from './browser/_storefront.mjs';
import { oneTree } from './browser/tree.mjs';
import { rest, signIn, visit } from './browser/_visit.mjs';

export const seconds = 40;
export const samples = SAMPLES;
export const ci = true;

const recordings = {};
const recorded = (way) => (recordings[way] ??= record(way, visit));

const cases = { ...casesOf('dev'), ...casesOf('build'), 'dev: edits while the page is open': edits };

export const run = (parts) => runCases(cases, parts);

function casesOf(way) {
  const on = (check) => async () => check(await recorded(way));
  return {
    [`${way}: page, worker and server are threads of one run, and nothing is lost`]: on(oneRun),
    [`${way}: one click is one task: page, request, server, database, answer, what is drawn of it`]: on(
      ({ rows }) => oneTree(rows),
    ),
    [`${way}: errors are found with their place`]: on(errors),
    [`${way}: functions were called as often as V8 says`]: on(counts),
    [`${way}: nobody but this machine is asked`]: on(atHome),
  };
}

async function oneRun({ rows }) {
  const threads = await rows('SELECT kind, count(*)::INTEGER AS threads FROM threads GROUP BY ALL');
  const count = (kind) => threads.find((each) => each.kind === kind)?.threads ?? 0;
  assert.equal(count('page'), 1, JSON.stringify(threads));
  assert.equal(count('web worker'), 1, JSON.stringify(threads));
  assert.ok(count('main') >= 1, JSON.stringify(threads));
  const [{ lost, damaged, orphans }] = await rows(
    'SELECT events_lost::INTEGER AS lost, orphans::INTEGER AS orphans, (SELECT count(*)::INTEGER FROM gaps) AS damaged FROM runs',
  );
  assert.deepEqual({ lost, damaged, orphans }, { lost: 0, damaged: 0, orphans: 0 });
}

async function errors({ rows }) {
  const found = await rows(
    "SELECT name, message, kind, path, line FROM errors WHERE path LIKE 'storefront/%' ORDER BY path",
  );
  const coupon = found.find(({ name }) => name === 'ApiError');
  assert.deepEqual(
    [coupon?.kind, coupon?.path, coupon?.line],
    ['uncaught', 'storefront/src/api/http.ts', lineOf('src/api/http.ts', 'throw await errorOf')],
    JSON.stringify(found),
  );
  // V8 throws this one, and React catches it: the calls that it ended say where.
  const threw = await rows(
    "SELECT DISTINCT f.path, f.line FROM calls c JOIN functions f USING (function_id) WHERE outcome = 'threw' AND f.name = 'deliveryDays'",
  );
  const line = lineOf('src/components/delivery.tsx', 'function deliveryDays');
  assert.deepEqual(threw, [{ path: 'storefront/src/components/delivery.tsx', line }]);
  const told = await rows('SELECT message FROM console_messages');
  assert.ok(
    told.some(({ message }) => message?.includes("'border'")),
    JSON.stringify(told),
  );
}

async function counts(recording) {
  const { same, explained } = await sameCounts(recording);
  assert.ok(same > 100, `${same} functions`);
  console.log(`        ${same} functions alike; ${explained.length} explained: ${explained.join('; ')}`);
}

function atHome({ asked }) {
  assert.ok(asked.length > 20, `${asked.length} requests`);
  const elsewhere = asked.filter(
    (url) => !/^(?:(?:https?|ws):\/\/(?:localhost|127\.0\.0\.1):|data:|blob:|about:)/.test(url),
  );
  assert.deepEqual(elsewhere, []);
}

/** The page keeps its state, and what it calls from then on is recorded under the new text. */
async function edits() {
  const { rows } = await record('dev', async (page, cwd) => {
    await signIn(page);
    const file = join(cwd, 'storefront/src/components/header.tsx');
    const edited = readFileSync(file, 'utf8')
      .replace('Cart <span', '{wordFor(pieces)} <span')
      .concat("\nfunction wordFor(pieces: number) {\n  return pieces === 0 ? 'Basket' : 'Full basket';\n}\n");
    writeFileSync(file, edited);
    await page.getByText('Basket').waitFor();
    // Whoever was signed in still is: nothing was loaded anew.
    await page.getByTestId('customer').waitFor({ timeout: 1_000 });
    await rest(page);
  });
  const [word] = await rows(
    "SELECT f.line, n.hits::INTEGER AS hits FROM functions f JOIN nodes_runtime n USING (ast_node_id) WHERE f.name = 'wordFor'",
  );
  assert.ok(word?.hits > 0, JSON.stringify(word));
  const [{ pages, lost }] = await rows(
    "SELECT count(*) FILTER (kind = 'page')::INTEGER AS pages, sum(events_lost)::INTEGER AS lost FROM threads",
  );
  assert.deepEqual({ pages, lost }, { pages: 1, lost: 0 });
}

const lineOf = (file, text) =>
  readFileSync(new URL(`../samples/storefront/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

// Two builds of a program that are run: a small shop that answers its own requests over HTTP. The slower one has a loop in one of its functions.
import fs from 'node:fs';
import path from 'node:path';
import { createRecorder, lastProcessor } from '../packages/intellimap/dist/cli/gate/record.js';
import { gather } from '../packages/intellimap/dist/cli/gate/gather.js';
import { DEFAULTS } from '../packages/intellimap/dist/base/settings/index.js';
import { askedFor } from '../packages/intellimap/dist/cli/run-options.js';
import { removeRuns } from '../packages/intellimap/dist/store/index.js';

/** The function that is slowed. */
export const SLOWED = 'taxOf';

const SHOP = `import http from 'node:http';
const REQUESTS = 400;
const goods = Array.from({ length: 400 }, (_, at) => ({ id: at, name: 'thing ' + ((at * 7919) % 400), cents: (at * 37) % 900, tags: ['a' + (at % 7), 'b' + (at % 11)] }));

function cartOf(url) {
  const from = Number(new URL(url, 'http://localhost').searchParams.get('from'));
  return goods.map((each, at) => goods[(at * 3 + from) % goods.length]);
}
function priceOf(cart) {
  let cents = 0;
  for (let round = 0; round < 40; round++) for (const { cents: each, tags } of cart) cents += each * (tags.length + round);
  return cents;
}
function taxOf(cart) {
  let tax = 0;/* slow */
  for (let round = 0; round < 25; round++) for (const { cents, name } of cart) tax += Math.round(cents * 0.19) + name.length;
  return tax;
}
function found(cart, word) {
  return cart.filter(({ name }) => name.includes(word)).toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(0, 20);
}
function page(cart, total) {
  return '<ul>' + cart.map(({ id, name, cents }) => '<li id=' + id + '>' + name.replaceAll('&', '&amp;') + ' ' + (cents / 100).toFixed(2)).join('') + '</ul>' + total;
}
function handle(request, response) {
  const cart = cartOf(request.url);
  const total = priceOf(cart) + taxOf(cart);
  const body = request.url.startsWith('/list') ? page(cart, total) : JSON.stringify({ total, found: found(cart, '1') });
  response.end(body);
}

const server = http.createServer(handle);
await new Promise((done) => server.listen(0, done));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
for (let at = 0; at < REQUESTS; at++) {
  const path = (at % 2 ? '/list' : '/find') + '?from=' + at;
  await new Promise((done) => http.get({ port: server.address().port, agent, path }, (answer) => answer.resume().on('end', done)));
}
agent.destroy();
server.close();
`;
const silent = { print() {}, say() {}, progress() {} };
const asked = askedFor({}, ['node', 'src/shop.mjs']);

/** A workspace with a build in it. @param loops rounds of the loop in each call of the slowed function */
export function build(folder, loops) {
  fs.mkdirSync(path.join(folder, 'src'), { recursive: true });
  const loop = loops > 0 ? ` for (let slow = 0; slow < ${loops}; slow++) tax += slow % 7;` : '';
  fs.writeFileSync(
    path.join(folder, 'src/shop.mjs'),
    SHOP.replace('/* slow */', () => loop),
  );
  fs.writeFileSync(path.join(folder, 'package.json'), '{"name":"shop","type":"module"}\n');
  return folder;
}

/** Facts of both builds, from so many pairs of runs at the same time. */
export async function recordPairs(base, candidate, pairs) {
  const processor = lastProcessor();
  const recorder = createRecorder(asked, silent, processor);
  const ids = { [base]: [], [candidate]: [] };
  try {
    for (let at = 0; at < pairs; at++) {
      const order = Math.random() < 0.5 ? [base, candidate] : [candidate, base];
      const files =
        processor === undefined
          ? [await recorder.record(order[0]), await recorder.record(order[1])]
          : await Promise.all(order.map((folder) => recorder.record(folder)));
      files.forEach((file, which) => ids[order[which]].push(file.id));
    }
  } finally {
    recorder.close();
  }
  const facts = {};
  for (const folder of [base, candidate]) {
    facts[folder] = (await gather(folder, 'build', { ids: ids[folder] }, DEFAULTS, silent)).facts;
    await removeRuns(folder, ids[folder]);
    for (const id of ids[folder])
      fs.rmSync(path.join(folder, '.intellimap/runs', id), { recursive: true, force: true });
  }
  return {
    base: facts[base],
    candidate: facts[candidate],
    design: processor === undefined ? 'in turn' : 'together',
  };
}

/** Facts of some of the pairs. @param isSwapped of each: what was the candidate is taken for the base */
export function somePairs({ base, candidate }, chosen, isSwapped) {
  const some = (facts, other) => {
    const pick = (column, others) => chosen.map((at, nth) => (isSwapped[nth] ? others : column)[at]);
    const picked = (kind, names) =>
      mapped(facts[kind], (each, key) => ({
        ...each,
        ...mapped(names(each), (column, name) => pick(column, other[kind][key]?.[name] ?? column)),
      }));
    return {
      ...facts,
      runs: pick(facts.runs, other.runs),
      functions: picked('functions', ({ hits, selfMs }) => ({ hits, selfMs })),
      tasks: picked('tasks', (each) => onlyColumns(each)),
    };
  };
  return { base: some(base, candidate), candidate: some(candidate, base) };
}

const onlyColumns = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => Array.isArray(value)));
const mapped = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));

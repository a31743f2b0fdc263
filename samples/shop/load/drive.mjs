// Drives the shop with real HTTP and checks every answer.
//
//   node load/drive.mjs [--requests 600] [--concurrency 8] [--seed 1]
//                       [--think-ms 30]                 mean pause of a visitor before a request
//                       [--url http://127.0.0.1:3000]   a shop that runs already, else one is started
//                       [--node-option=--cpu-prof]…     for the node that runs the started shop
//                       [--json]                        one line of JSON with the counts at the end
//
// The same seed and number of requests give the same requests by route and status on every run.

import { parseArgs } from 'node:util';
import { HttpClient } from './http-client.mjs';
import { Journal } from './journal.mjs';
import { planVisits } from './plan.mjs';
import { startShop } from './shop-process.mjs';
import { UnexpectedAnswer, Visitor } from './visitor.mjs';

const SHOWN_PROBLEMS = 10;

const options = readOptions();
const shop = options.url ? undefined : await startShop(options.nodeOptions);
const journal = new Journal();

const startedAt = performance.now();
await runLoad(shop?.url ?? options.url, options, journal);
const seconds = (performance.now() - startedAt) / 1000;

const exitCode = await shop?.stop();
if (shop && exitCode !== 0) journal.addProblem('shutdown', new Error(`the shop ended with ${exitCode}`));

report();
process.exitCode = journal.problems.length === 0 ? 0 : 1;

function readOptions() {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '600' },
      concurrency: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      'think-ms': { type: 'string', default: '30' },
      url: { type: 'string' },
      'node-option': { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  return {
    requests: wholeNumber('requests', values.requests, 1),
    concurrency: wholeNumber('concurrency', values.concurrency, 1),
    seed: wholeNumber('seed', values.seed),
    thinkMs: wholeNumber('think-ms', values['think-ms']),
    url: values.url,
    nodeOptions: values['node-option'],
    json: values.json,
  };
}

function wholeNumber(name, text, min = 0) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new RangeError(`--${name} must be a whole number from ${min}, not "${text}"`);
}

async function runLoad(url, { requests, concurrency, seed, thinkMs }, journal) {
  const client = new HttpClient(url, concurrency);
  // One iterator for all: whoever is free takes the next visit.
  const visits = planVisits(requests, seed).values();
  const visitors = Array.from({ length: concurrency }, () =>
    workThrough(visits, { client, journal, thinkMs }),
  );
  await Promise.all(visitors);
  client.close();
}

async function workThrough(visits, surroundings) {
  for (const { scenario, name, random } of visits) {
    const visitor = new Visitor({ ...surroundings, name, random });
    try {
      await scenario.run(visitor);
      assertCount(scenario, visitor);
    } catch (error) {
      surroundings.journal.addProblem(scenario.name, error);
    }
  }
}

/** A scenario that sends more or less than it says would break the promise of the same counts. */
function assertCount({ requests }, { sent }) {
  if (sent !== requests) throw new UnexpectedAnswer(`sent ${sent} requests instead of ${requests}`);
}

function report() {
  console.log(journal.table());
  console.log(
    `\n${journal.requests} requests in ${seconds.toFixed(1)} s, ${journal.problems.length} problems`,
  );
  for (const problem of journal.problems.slice(0, SHOWN_PROBLEMS)) console.log(`  ${problem}`);
  if (journal.problems.length > 0 && shop?.log) console.log(`\nlog of the shop:\n${shop.log}`);
  if (options.json)
    console.log(JSON.stringify({ requests: journal.requests, seconds, counts: journal.counts() }));
}

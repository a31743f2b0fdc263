import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Fault } from '../base/fault.ts';
import { follow } from '../base/following.ts';
import { choose } from '../base/plan.ts';
import type { Foretold } from '../base/recording.ts';
import type { Measured } from '../record/overheads.ts';
import type { MadePlan } from './plan.ts';
import { answerOf, type PlanAnswer, readPlan } from './plan-answer.ts';
import { explained, planText, reason } from './plan-text.ts';
import { SCHEMAS } from './shapes/index.ts';

const plain = (text: string): string => text;
const paint = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
const layout = { paint, columns: 80 };
const folder = mkdtempSync(join(tmpdir(), 'intellimap-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const foretold: Foretold = { percent: 3.25, low: 2, high: 5.5, startMs: 180, basis: 'counted' };
const cost = { told: 28, framed: 1000, closed: 4, hit: 1, read: 6 };
const rate = (name: string, perSecond: number, isFrame = false) => ({
  path: 'src/cart.ts',
  id: `ts:src/cart.ts#${name}`,
  perSecond,
  isFrame,
});
const made: MadePlan = {
  from: '20261121-1',
  choices: choose(
    [rate('rare', 12), rate('often', 2e6), rate('hot', 3e8), rate('never', 0), rate('later', 9, true)],
    {
      budget: 5,
      tier: 'performance',
      cost,
    },
  ),
  following: follow({ requests: 100, resources: 0, turns: 30_000 }, 5, 0),
  foretold,
  fixed: 0,
  use: { wallPerSecond: 1, startMs: 180 },
  measured: undefined,
  texts: new Map(),
  problems: [],
};
const asked = { command: ['node', 'app.js'], cwd: '/app', tier: 'performance', budget: 5, runs: [] } as const;
const answer: PlanAnswer = answerOf(made, { ...asked, command: [...asked.command], runs: [] });

test('a plan at a glance, in 80 columns', () => {
  const runs = [{ run: '20261121-2', budget: 5, foretold: 3.25, told: 3.9 }];
  const text = planText({ ...answer, runs }, layout);
  expect(`\n${text}\n`).toBe(`
plan: at most 5 % of the program's own processor time, tier performance
  How often functions are called is known from run 20261121-1.

  strategy     functions  calls/s      cost
  performance          3       21  0.0017 %
  minimal              1     2.0M     0.2 %
  off                  1     300M       0 %

  foretold: 3.3 % once it runs (2 % to 5.5 %; what calls cost in this program
  was not measured: --measure does), and 180 ms of processors to start
  followed: requests that it serves (the tasks) (0.25 %, 100/s)
  not followed, as the budget has no room: who scheduled which callback (3.6 %,
  30k/s)
  run 20261121-2: foretold 3.3 %, by its recorder 3.9 % in the end (what the
  recorder tells is calibrated, not measured beside a plain run)

Told less of
           calls/s    told
  off         300M  1200 %  hot    src/cart.ts
  minimal     2.0M     8 %  often  src/cart.ts
`);
});

test('a run that is known and cannot tell is said to be so, with what to do', () => {
  const said = (passedOver: PlanAnswer['passedOver']): string =>
    planText({ ...answer, from: null, passedOver }, { paint, columns: 400 }).split('\n')[1];
  expect(said(null)).toMatch(/No run of this command is known: .* Record it once/);
  const run = '20261121-1';
  expect(said({ run, why: 'short', cpuMs: 228 })).toMatch(
    /Run 20261121-1 took 228 ms of processors, .* more work/,
  );
  expect(said({ run, why: 'sampled', cpuMs: 5000 })).toMatch(
    /left out of run 20261121-1: .* with all of them/,
  );
  expect(said({ run, why: 'untold', cpuMs: null })).toMatch(/Run 20261121-1 does not say .* once more/);
});

test('each choice has its reason', () => {
  const reasons = answer.functions.map((line) => `${line.name}: ${reason(line, answer)}`);
  expect(reasons).toEqual([
    "hot: Its calls are left out: 300M calls in a second of the program's own time. To have them told would cost 1200 %, which does not fit into 5 % beside what is called more rarely. Even counting them would not.",
    "often: Its calls are counted: 2.0M calls in a second of the program's own time. To have them told would cost 8 %, which does not fit into 5 % beside what is called more rarely; this costs 0.2 %.",
    "later: Its calls are told: 9 calls in a second of the program's own time cost 0.0013 %, for which the budget has room.",
    "rare: Its calls are told: 12 calls in a second of the program's own time cost 0 %, for which the budget has room.",
    'never: Its calls are told: it was not called in run 20261121-1, so there is nothing to save.',
  ]);
  expect(explained(answer.functions[0], undefined, answer, layout).split('\n')[0]).toBe(
    'hot  off  src/cart.ts',
  );
});

test('of the text alone, everything is said to be a guess', () => {
  const guess = { ...answer, from: null, foretold: { ...foretold, basis: 'text', startMs: 0 } } as const;
  expect(planText(guess, layout)).toContain('is guessed');
  expect(reason(guess.functions[3], guess)).toContain('about 12 calls');
});

describe('a file', () => {
  const file = join(folder, 'plan.json');
  beforeAll(() => writeFileSync(file, JSON.stringify(answer)));

  test('holds the plan that a run takes, and keeps to its schema', () => {
    expect(readPlan('plan.json', folder)).toEqual({
      plan: {
        from: '20261121-1',
        budget: 5,
        foretold,
        files: {
          'src/cart.ts': {
            'ts:src/cart.ts#hot': { keep: 'nothing', perSecond: 3e8 },
            'ts:src/cart.ts#often': { keep: 'count', perSecond: 2e6 },
          },
        },
        notFollowed: { turns: 30_000 },
      },
      tier: 'performance',
      budget: 5,
      hasValues: false,
    });
    const measured: Measured = {
      version: 1, command: [], cwd: '/app', tier: 'performance', at: 1, budget: null, rounds: 5, plainMs: 1000, percent: 40, low: 38, high: 41.5, withStart: 50, foretold,
      cost: { eventNs: 2, timedEventNs: 40, closedNs: 3, hitNs: 3, factor: 1.4 },
    }; // prettier-ignore
    const ajv = new Ajv2020({ strict: false });
    for (const one of [answer, answerOf({ ...made, measured }, answer)])
      expect([ajv.validate(SCHEMAS['plan'], one), ajv.errors]).toEqual([true, null]);
    expect(planText(answerOf({ ...made, measured }, answer), { paint, columns: 200 })).toContain(
      'measured: 40 % (38 % to 42 %; 5 pairs of a plain and a recorded run, no limit), foretold 3.3 %; with its start 50 %',
    );
  });

  test('may be changed by hand', () => {
    const functions = answer.functions.map((line) =>
      line.name === 'rare' ? { ...line, strategy: 'full_trace' } : line,
    );
    writeFileSync(join(folder, 'own.json'), JSON.stringify({ ...answer, budget: null, functions }));
    const { plan, budget, hasValues } = readPlan('own.json', folder);
    expect({ budget, hasValues }).toEqual({ budget: null, hasValues: true });
    expect(plan.files['src/cart.ts']?.['ts:src/cart.ts#rare']).toEqual({ keep: 'values', perSecond: 12 });
  });

  test.each([
    ['nothing', undefined, 'cannot read the plan'],
    ['no JSON', 'plan!', 'it is no JSON object'],
    ['another version', JSON.stringify({ ...answer, version: 2 }), 'its version is not 1'],
    ['no tier', JSON.stringify({ ...answer, tier: 'all' }), 'it names no tier'],
    ['a bad budget', JSON.stringify({ ...answer, budget: -1 }), 'its budget is no percentage'],
    ['no functions', JSON.stringify({ ...answer, functions: {} }), 'it lists no functions'],
    [
      'a strategy that nobody knows',
      JSON.stringify({ ...answer, functions: [{ path: 'a', id: 'b', strategy: 'much' }] }),
      'known strategy',
    ],
    ['nothing for a function', JSON.stringify({ ...answer, functions: [null] }), 'known strategy'],
  ])('that holds %s is refused', (_, text, problem) => {
    const bad = join(folder, 'bad.json');
    rmSync(bad, { force: true });
    if (text !== undefined) writeFileSync(bad, text);
    expect(() => readPlan('bad.json', folder)).toThrow(problem);
    expect(() => readPlan('bad.json', folder)).toThrow(Fault);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExitCode, Fault } from '../base/fault.ts';
import { DEFAULTS } from '../base/settings/index.ts';
import { loadConfig } from './index.ts';
import { plainModule } from './plain-module.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'intellimap-config-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(root, name), text);
const faultOf = async (): Promise<Fault> =>
  await loadConfig(root).then(
    () => expect.fail('is not refused'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Fault);
      expect((error as Fault).exitCode).toBe(ExitCode.USAGE);
      return error as Fault;
    },
  );

test('without a file, all is as by default', async () => {
  expect(await loadConfig(root)).toEqual({ file: null, settings: DEFAULTS, said: new Set() });
});

test.each([
  ['intellimap.config.json', '{ "$schema": "x", "record": { "budget": 5 } }'],
  ['intellimap.config.cjs', 'module.exports = { record: { budget: 5 } };'],
  ['intellimap.config.mjs', 'export default { record: { budget: 2 + 3 } };'],
  ['intellimap.config.js', 'export default Promise.resolve({ record: { budget: 5, tier: undefined } });'],
])('%s', async (name, text) => {
  put(name, text);
  const { file, settings, said } = await loadConfig(root);
  expect([file, settings.record.budget, settings.record.tier, [...said]]).toEqual([
    join(root, name),
    5,
    'performance',
    ['record.budget'],
  ]);
});

test('two files are one too many', async () => {
  put('intellimap.config.json', '{}');
  put('intellimap.config.js', 'export default {};');
  expect((await faultOf()).message).toMatch(
    /there are 2 configurations in .*: intellimap.config.js, intellimap.config.json/,
  );
});

describe('what is wrong is named: file, key, what is allowed', () => {
  test.each([
    ['{ "recod": {} }', 'recod is not known; did you mean record? (there is: record, '],
    ['{ "budget": 5 }', '; perhaps record.budget is meant'],
    [
      '{ "record": { "tierr": "edges" } }',
      'record.tierr is not known; did you mean record.tier? (there is: include, ',
    ],
    ['{ "record": { "tier": "edge" } }', 'record.tier is "edge"; one of "performance", "edges", '],
    ['{ "record": { "budget": "5" } }', 'record.budget is "5"; a number above 0, or null is wanted'],
    [
      '{ "record": { "sample": 2 } }',
      'record.sample is 2; a number above 0 and up to 1, or "auto", or null is wanted',
    ],
    ['{ "record": { "include": "lib" } }', 'record.include is "lib"; an array of strings is wanted'],
    ['{ "record": [] }', 'record is []; an object is wanted'],
    ['{ "retention": { "olderThan": "30" } }', 'retention.olderThan is "30"; a number and m, h, d or w'],
    ['{ "retention": { "maxSize": "2X" } }', 'retention.maxSize is "2X"; a number and K, M, G or T'],
    [
      '{ "retention": { "keep": 2.5 } }',
      'retention.keep is 2.5; a whole number from 1 on, or null is wanted',
    ],
    ['{ "report": { "rows": null } }', 'report.rows is null; a whole number from 1 on is wanted'],
    ['[]', 'an object is wanted, not []'],
    ['{ "__proto__": { "x": 1 } }', '__proto__ is not known'],
    ['{,}', 'is not JSON'],
  ])('%s', async (text, message) => {
    put('intellimap.config.json', text);
    const fault = await faultOf();
    expect(fault.message).toContain('intellimap.config.json');
    expect(fault.message).toContain(message);
  });

  test('all at once', async () => {
    put('intellimap.config.json', '{ "record": { "a": 1, "gc": 1 }, "b": 1 }');
    expect((await faultOf()).message.split('\n')).toHaveLength(3);
  });

  test.each([
    [
      'throw new Error("no such file: secrets.env");',
      'intellimap.config.mjs cannot be run: Error: no such file: secrets.env',
    ],
    ['export const config = {};', 'intellimap.config.mjs has no default export'],
    ['export default () => ({});', 'exports a function; an object is wanted'],
  ])('%s', async (text, message) => {
    put('intellimap.config.mjs', text);
    expect((await faultOf()).message).toContain(message);
  });
});

/** That Node runs it is shown by the e2e suite `answers`: here, imports are the test runner's. */
describe('TypeScript', () => {
  /** Left, what is written; right, what runs. Lengths stay. */
  test.each([
    ['const a: number = 1;', 'const a         = 1;'],
    ['const a = 1 as const;', 'const a = 1         ;'],
    ['const f = <T,>(x?: T): T => x!;', 'const f =     (x    )    => x ;'],
    ['x = 1\ntype A = 1\n(2)', 'x = 1\n;         \n(2)'],
    ['function f(this: A, b: number) {}', 'function f(         b        ) {}'],
    ['export default interface A {}', ';                            '],
    ['a.this = { this: 1 };', 'a.this = { this: 1 };'],
    ['let a!: number;', 'let a         ;'],
    ['f<string>(1);', 'f        (1);'],
    [
      'class A<T> extends B<T> implements C { private x?: number = 1; m(): void {} }',
      'class A    extends B                 {         x          = 1; m()       {} }',
    ],
    ['import { type A, b } from "node:fs";', 'import {         b } from "node:fs";'],
    ['export interface A {\n  b: 1;\n}', ';                   \n       \n '],
    ['declare const a: 1;', ';                  '],
    ['const s = "a: b as c";', 'const s = "a: b as c";'],
  ])('%s', async (typed, plain) => {
    expect(await plainModule(typed, '/w/intellimap.config.ts')).toBe(plain);
  });

  test.each([
    ['enum A { B }', 'intellimap.config.ts:1 uses an enum, which is more than a type'],
    ['\nnamespace A { export const b = 1 }', 'intellimap.config.ts:2 uses a namespace'],
    ['class A { constructor(private a: 1) {} }', 'uses a parameter property'],
    ['const a = ;', 'intellimap.config.ts:1 cannot be parsed: '],
    ['import "./nowhere.js";', 'imports "./nowhere.js", which is not there'],
  ])('is refused: %s', async (text, message) => {
    await expect(plainModule(text, '/w/intellimap.config.ts')).rejects.toThrow(message);
  });
});

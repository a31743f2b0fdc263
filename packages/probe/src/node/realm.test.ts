import vm from 'node:vm';
import { expect, test } from 'vitest';
import { PROBE_NAMES, type Probes, followContexts, installIn } from './realm.ts';

const calls: unknown[] = [];
const record =
  (key: string) =>
  (...args: unknown[]) => (calls.push([key, ...args]), args.at(-1));
const probes = Object.fromEntries(
  'bgoelafxsdrmtchvu'.split('').map((key) => [key, record(key)]),
) as unknown as Probes;

const before = { createContext: vm.createContext, runInNewContext: vm.runInNewContext };

test('a realm gets the probes once, as constants and not as properties', () => {
  const sandbox = vm.createContext({ a: 1 });
  expect(installIn(probes, sandbox)).toBe(true);
  expect(installIn(probes, sandbox)).toBe(false);
  expect(vm.runInContext(PROBE_NAMES.map((name) => `typeof ${name}`).join('+" "+'), sandbox)).toBe(
    PROBE_NAMES.map(() => 'function').join(' '),
  );
  expect(vm.runInContext('$imS(1, 2, "v")', sandbox)).toBe('v');
  expect(calls.at(-1)).toEqual(['s', 1, 2, 'v']);
  expect(
    vm.runInContext(
      'Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("$im")).length',
      sandbox,
    ),
  ).toBe(0);
  expect(Object.keys(sandbox)).toEqual(['a']);
  expect(() => vm.runInContext('$imE = 1', sandbox)).toThrow();
});

test('contexts made in any way have the probes from then on', () => {
  const made: object[] = [];
  followContexts(probes, (context) => void made.push(context));
  const sees = 'typeof $imE';
  expect(vm.runInContext(sees, vm.createContext())).toBe('function');
  expect(vm.runInNewContext(sees)).toBe('function');
  expect(vm.runInNewContext(`${sees} + a`, { a: 1 }, { contextName: 'x' })).toBe('function1');
  expect(vm.runInNewContext(sees, {}, 'file.js')).toBe('function');
  expect(new vm.Script(sees).runInNewContext({}, { microtaskMode: 'afterEvaluate' })).toBe('function');
  const known = vm.createContext({});
  expect(vm.createContext(known)).toBe(known);
  expect(vm.runInNewContext(sees, known)).toBe('function');
  expect(made.filter((context) => context === known)).toEqual([known]);
  expect(made.length).toBe(6);
  expect(vm.runInContext(sees, vm.createContext({}, { codeGeneration: { strings: false } }))).toBe(
    'function',
  );
});

test('the patched functions look and fail as before', () => {
  expect(vm.createContext).not.toBe(before.createContext);
  for (const name of ['createContext', 'runInNewContext'] as const) {
    expect(vm[name].name).toBe(name);
    expect(vm[name].length).toBe(before[name].length);
  }
  const message = (action: () => unknown): string => {
    try {
      action();
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const bad of [1, 'text', null] as unknown as vm.Context[]) {
    expect(message(() => vm.createContext(bad))).toBe(message(() => before.createContext(bad)));
    expect(message(() => vm.runInNewContext('1', bad))).toBe(message(() => before.runInNewContext('1', bad)));
  }
  const frozen = Object.freeze({ a: 1 });
  expect(vm.runInNewContext('a', frozen)).toBe(1);
  const options = { name: 1 } as unknown as vm.CreateContextOptions;
  expect(message(() => vm.createContext({}, options))).toBe(message(() => before.createContext({}, options)));
});

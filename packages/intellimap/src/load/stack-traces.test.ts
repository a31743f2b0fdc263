import vm from 'node:vm';
import { expect, test } from 'vitest';
import { fixStackTraces } from './stack-traces.ts';

/** A realm whose `Error` is corrected: `/app/a.js` was pushed 100 columns to the right, `/own/` is ours. */
function realm() {
  const context = vm.createContext({ console });
  const realmError = vm.runInContext('Error', context) as ErrorConstructor;
  // A bare vm context has no formatter of its own; Node's main realm has one.
  vm.runInContext(
    "Error.prepareStackTrace = (error, sites) => `${error}` + sites.map((s) => '\\n    at ' + s).join('')",
    context,
  );
  fixStackTraces(realmError, {
    has: (path) => path === '/app/a.js',
    place: (path, line, column) => (path === '/app/a.js' ? { line, column: column - 100 } : undefined),
    own: (path) => path.startsWith('/own/'),
    withoutHooks: (sites) => sites,
  });
  const run = (code: string, filename: string, pushed = 0): unknown =>
    vm.runInContext(' '.repeat(pushed) + code, context, { filename });
  return { context, run };
}

test('columns are those of the author; frames of ours are not there', () => {
  const { run } = realm();
  run('var inner = () => new Error("x").stack', '/app/a.js', 100);
  run('var middle = () => inner()', '/own/hook.js');
  const lines = (run('middle()', '/app/b.js') as string).split('\n');
  expect(lines[1]).toMatch(/inner \(\/app\/a\.js:1:19\)$/);
  expect(lines[2]).toMatch(/\/app\/b\.js:1:1/);
});

test('the place of a call of eval, too', () => {
  const { run } = realm();
  const trace = run('(function f() { return eval("new Error().stack") })()', '/app/a.js', 100) as string;
  expect(trace.split('\n').slice(1, 3)).toEqual([
    '    at eval (eval at f (/app/a.js:1:24), <anonymous>:1:1)',
    '    at f (/app/a.js:1:24)',
  ]);
});

test('a formatter of the program gets corrected frames, and reads back as itself', () => {
  const { run } = realm();
  const format = run(
    'var format = (error, sites) => sites.map((s) => s.getColumnNumber() + ":" + s.getFunctionName()); Error.prepareStackTrace = format; format',
    '/app/b.js',
  );
  expect(run('Error.prepareStackTrace', '/app/b.js')).not.toBe(undefined);
  expect(run('(function place() { return new Error("x").stack[0] })()', '/app/a.js', 100)).toBe('28:place');
  expect(typeof format).toBe('function');
  run('Error.prepareStackTrace = Error.prepareStackTrace', '/app/b.js');
  expect(run('(function place() { return new Error("x").stack[0] })()', '/app/a.js', 100)).toBe('28:place');
});

test('a program that takes the formatter away gets what it asked for', () => {
  const { run } = realm();
  expect(run('Error.prepareStackTrace = undefined; Error.prepareStackTrace', '/app/b.js')).toBe(undefined);
});

test('a method that an accessor of ours holds keeps its name', () => {
  const { run } = realm();
  const loader = 'node:internal/modules/cjs/loader';
  run('var held; ((method) => { held = method; })(function (f) { return f(); })', loader);
  run('function Module() {}', loader);
  run('Object.defineProperty(Module.prototype, "_compile", { get: () => held })', '/own/host.js');
  const lines = (run('new Module()._compile(() => new Error("x").stack)', '/app/b.js') as string).split('\n');
  expect(lines[2]).toContain('at Module._compile (node:internal/modules/cjs/loader:1:');
});

test('what stands on Error looks like the rest of it', () => {
  const { run } = realm();
  const texts = run(
    'var { get, set } = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace"); [get.name, set.name, `${get}`, `${set}`]',
    '/app/b.js',
  ) as string[];
  const text = 'function () { [native code] }';
  expect([...texts]).toEqual(['get prepareStackTrace', 'set prepareStackTrace', text, text]);
});

test('call sites that pass two formatters are corrected once, and their methods work', () => {
  const { context, run } = realm();
  const other = realm();
  run(
    'Error.prepareStackTrace = (error, sites) => [sites[0].getColumnNumber(), sites[0].isNative()]',
    '/app/b.js',
  );
  Object.assign(vm.runInContext('Error', other.context) as object, {
    prepareStackTrace: vm.runInContext('Error.prepareStackTrace', context) as unknown,
  });
  const column = (code: string, pushed: number): unknown => other.run(code, '/app/a.js', pushed);
  expect(column('new Error("x").stack', 200)).toEqual([101, false]);
});

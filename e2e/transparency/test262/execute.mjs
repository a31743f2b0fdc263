/**
 * Runs one test and says what it came to. Scripts go through vm.Script in a context of their own or, as function bodies, through
 * vm.compileFunction; modules through vm.SourceTextModule or `import()` of their file: the ways that the recorder's loader watches.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { createRealm } from './realm.mjs';
import { describeError, describeValue } from './outcome.mjs';
import { moduleMap, reader } from './modules.mjs';

/** An asynchronous test that said nothing for so long, and for so many turns of the event loop, says nothing. */
const PATIENCE = { context: { ms: 150, turns: 100 }, file: { ms: 3000, turns: 100 } };

/**
 * @param {{folder: string, corpus: string}} places the work folder, whose paths the loader has in scope, and the checkout
 */
export function createExecutor({ folder, corpus }, own) {
  const harness = new Map();
  const textOf = reader(folder, corpus);
  const describe = (error) => describeError(error, folder);
  let current;

  process.on('unhandledRejection', (reason) => current?.uncaught.push({ rejection: describe(reason) }));
  process.on('uncaughtException', (error) => current?.uncaught.push({ exception: describe(error) }));

  const harnessScript = (name) => {
    if (!harness.has(name)) {
      const filename = join(folder, 'harness', name);
      harness.set(name, new vm.Script(textOf(filename), { filename }));
    }
    return harness.get(name);
  };
  const harnessFor = (run) => [
    'assert.js',
    'sta.js',
    ...(run.async ? ['doneprintHandle.js'] : []),
    ...run.includes,
  ];

  async function script(run, path, text) {
    const state = current;
    let modules;
    const importModuleDynamically = (specifier, _script, attributes) =>
      modules.dynamically(specifier, { path }, attributes);
    const compile = (source, suffix = '') =>
      new vm.Script(source, { filename: path + suffix, importModuleDynamically });
    const { context } = createRealm({ print: (said) => state.printed.push(String(said)), script: compile });
    const start = () => {
      if (run.mode === 'function')
        return vm.compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname'], {
          filename: path,
          parsingContext: context,
          importModuleDynamically,
        });
      const compiled = compile(run.mode === 'strict' ? `"use strict";\n${text}` : text);
      return () => compiled.runInContext(context);
    };
    modules = moduleMap(context, textOf);
    if (run.mode !== 'raw') for (const name of harnessFor(run)) harnessScript(name).runInContext(context);
    const compiled = attempt('parse', start);
    if (!compiled.value) return compiled.ending;
    const done = attempt('run', () => compiled.value());
    return done.ending ?? { phase: 'done', value: describeValue(done.value) };
  }

  async function module(run, path, text) {
    const state = current;
    const { context } = createRealm({
      print: (said) => state.printed.push(String(said)),
      script: (source) => new vm.Script(source),
    });
    for (const name of harnessFor(run)) harnessScript(name).runInContext(context);
    const modules = moduleMap(context, textOf);
    const compiled = attempt('parse', () => modules.make(path, text));
    if (!compiled.value) return compiled.ending;
    modules.adopt(path, compiled.value);
    return (
      (await settled('link', () => modules.link(compiled.value))) ??
      (await settled('run', () => compiled.value.evaluate())) ?? { phase: 'done' }
    );
  }

  async function file(run, path) {
    for (const name of harnessFor(run)) harnessScript(name).runInThisContext();
    return (await settled('import', () => import(pathToFileURL(path).href))) ?? { phase: 'done' };
  }

  const attempt = (phase, action) => {
    try {
      return { value: action() };
    } catch (error) {
      return { ending: { phase, ...describe(error) } };
    }
  };
  /** The ending of a promise that fails or never settles; undefined when it is kept. */
  const settled = async (phase, action) => {
    let ending;
    let over = false;
    const watch = (async () => action())().then(
      () => (over = true),
      (error) => {
        ending = { phase, ...describe(error) };
        over = true;
      },
    );
    await Promise.race([watch, patiently(() => over, PATIENCE.file)]);
    return over ? ending : { phase, name: 'pending', message: 'never settled' };
  };

  return async (run) => {
    current = { printed: [], uncaught: [] };
    own.print = (said) => current.printed.push(String(said));
    const state = current;
    const path = join(folder, 'test', run.path);
    const text = textOf(path);
    const execute = run.mode === 'import' ? file : run.mode === 'module' ? module : script;
    const ending = await execute(run, path, text);
    if (run.async && ending.phase === 'done') {
      const said = () => state.printed.some((line) => line.startsWith('Test262:Async'));
      await patiently(said, run.mode === 'import' ? PATIENCE.file : PATIENCE.context);
    }
    await turn();
    const { printed, uncaught } = state;
    return { ...ending, ...(printed.length ? { printed } : {}), ...(uncaught.length ? { uncaught } : {}) };
  };
}

async function patiently(over, { ms, turns }) {
  const started = performance.now();
  for (let n = 0; !over() && (n < turns || performance.now() - started < ms); n++) await turn();
}

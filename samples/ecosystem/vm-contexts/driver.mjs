// Code in realms and modules that the program makes itself: contexts, scripts, compiled functions, synthetic and source text modules.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const plugin = fileURLToPath(new URL('plugin.js', import.meta.url));
const text = readFileSync(plugin, 'utf8');
const tidy = (stack) => stack.replaceAll(plugin, 'plugin.js').split('\n').filter((line) => !line.includes('node:')).join('\n');

const sandbox = vm.createContext({ log: [], answer: 41 });
const api = vm.runInContext(text, sandbox, { filename: plugin });
console.log(api.sum([1, 2, 3]), sandbox.log, Object.keys(sandbox), vm.runInContext('Object.keys(globalThis).join()', sandbox));
console.log(api.list() instanceof Array, vm.runInContext('Array', sandbox) === api.list().constructor, api.sum.toString().length);
try {
  api.fail('inside');
} catch (error) {
  console.log(error instanceof Error, tidy(error.stack));
}

const script = new vm.Script(text, { filename: plugin, lineOffset: 10, columnOffset: 5 });
for (const round of [1, 2]) {
  const context = vm.createContext({ log: [], answer: round }, { codeGeneration: { strings: round === 1, wasm: false } });
  const made = script.runInContext(context);
  console.log(made.sum([round]), made.evaluate('answer + 1'), context.log);
  try {
    made.fail(round);
  } catch (error) {
    console.log(tidy(error.stack));
  }
}
const here = script.runInThisContext();
console.log(here.list() instanceof Array, here.sum([5]), typeof globalThis.log, script.cachedData, script.createCachedData().length > 100);

const cached = new vm.Script('(() => 6 * 7)()', { filename: 'cached.js', produceCachedData: true });
console.log(cached.cachedDataProduced, cached.runInNewContext());
const wrapped = vm.compileFunction(text.replace('(function', 'return (function').trim(), ['log', 'answer'], { filename: plugin });
console.log(wrapped.length, wrapped([], 3).sum([4]), wrapped.toString().split('\n')[0]);

for (const bad of ['const', 'throw new TypeError("at once")', 'while (true) {}']) {
  try {
    vm.runInNewContext(bad, {}, { filename: 'bad.js', timeout: 50 });
  } catch (error) {
    console.log(error.name, error.code, error.stack.split('\n').slice(0, 4).join(' | '));
  }
}

const context = vm.createContext({ console: { log: (...all) => console.log('inside:', ...all) } });
const facts = new vm.SyntheticModule(['default', 'year'], function () {
  this.setExport('default', 'facts');
  this.setExport('year', 1999);
}, { context, identifier: 'facts' });
const main = new vm.SourceTextModule(
  `import facts, { year } from 'facts';
   const late = await import('late');
   console.log(facts, year, late.default, import.meta.name, (function () { return typeof this; })());
   export const run = async function* () { for (let i = 0; i < 3; i++) yield i; };
   export default class Main { static fail() { throw new Error('in the module'); } }`,
  {
    context,
    identifier: fileURLToPath(new URL('virtual.mjs', import.meta.url)),
    initializeImportMeta: (meta) => (meta.name = 'virtual'),
    importModuleDynamically: async (specifier) => {
      const made = new vm.SyntheticModule(['default'], function () { this.setExport('default', specifier); }, { context });
      await made.link(() => {});
      await made.evaluate();
      return made;
    },
  },
);
await main.link((specifier) => (specifier === 'facts' ? facts : undefined));
await main.evaluate();
for await (const value of main.namespace.run()) console.log(value);
try {
  main.namespace.default.fail();
} catch (error) {
  console.log(error.message, error.constructor === Error, error.stack.split('\n')[1].trim().replace(/\/.*\//, ''));
}
console.log(vm.runInNewContext('[typeof process, typeof require, typeof globalThis, Object.getOwnPropertyNames(globalThis).length]'));
console.log(eval('var viaEval = 1; typeof viaEval'), new Function('a', 'b = 2', 'return a + b')(1), (0, eval)('typeof viaEval'));

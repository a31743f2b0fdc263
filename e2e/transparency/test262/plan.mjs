/** Which files of a checkout are run, and in which ways. I/O: reads the checkout. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { frontMatter } from './front-matter.mjs';

/** The language, and the built-ins that call what a program hands them or look at its functions. */
const SCOPE = [
  'language',
  'annexB/language',
  'annexB/built-ins',
  ...[
    'AggregateError',
    'Array',
    'ArrayIteratorPrototype',
    'AsyncDisposableStack',
    'AsyncFromSyncIteratorPrototype',
    'AsyncFunction',
    'AsyncGeneratorFunction',
    'AsyncGeneratorPrototype',
    'AsyncIteratorPrototype',
    'DisposableStack',
    'Error',
    'FinalizationRegistry',
    'Function',
    'GeneratorFunction',
    'GeneratorPrototype',
    'Iterator',
    'JSON',
    'Map',
    'MapIteratorPrototype',
    'NativeErrors',
    'Object',
    'Promise',
    'Proxy',
    'Reflect',
    'RegExp/prototype',
    'Set',
    'SetIteratorPrototype',
    'ShadowRealm',
    'String/prototype',
    'SuppressedError',
    'Symbol',
    'ThrowTypeError',
    'TypedArray',
    'WeakMap',
    'WeakRef',
    'WeakSet',
    'eval',
    'global',
  ].map((name) => `built-ins/${name}`),
];

/**
 * One way to run one file.
 * @typedef {object} Run
 * @property {string} id `<path>#<mode>`
 * @property {string} path relative to the checkout's `test` folder
 * @property {'sloppy' | 'strict' | 'raw' | 'function' | 'module' | 'import'} mode `function`: as the body of one, which is how Node
 *   runs CommonJS; `module`: vm.SourceTextModule in a context of its own; `import`: `import()` of the file in the realm of the process
 * @property {boolean} async it says itself when it is done
 * @property {string[]} includes
 * @property {string[]} features
 */

/** @returns {{runs: Run[], skipped: {id: string, reason: string}[]}} */
export function plan(corpus, only) {
  const top = join(corpus, 'test');
  const asked = only !== undefined && existsSync(join(top, only)) ? [only] : SCOPE;
  const runs = [];
  const skipped = [];
  for (const path of asked.flatMap((part) => filesOf(top, part))) {
    if (only !== undefined && !path.includes(only)) continue;
    const text = readFileSync(join(top, path), 'utf8');
    const about = frontMatter(text);
    const reason = /\$262\.agent\.(?:start|broadcast)|atomicsHelper\.js/.test(text)
      ? 'needs agents: threads with a shared heap, which the host does not offer'
      : undefined;
    for (const mode of modesOf(about.flags, path)) {
      const id = `${path}#${mode}`;
      if (reason) skipped.push({ id, reason });
      else runs.push({ id, path, mode, async: about.flags.includes('async'), ...about });
    }
  }
  return { runs, skipped };
}

function modesOf(flags, path) {
  if (flags.includes('raw')) return ['raw'];
  if (flags.includes('module')) return ['module', 'import'];
  if (flags.includes('onlyStrict')) return ['strict'];
  const modes = flags.includes('noStrict') ? ['sloppy'] : ['sloppy', 'strict'];
  return /^(?:annexB\/)?language\//.test(path) ? [...modes, 'function'] : modes;
}

function filesOf(top, part) {
  if (statSync(join(top, part)).isFile()) return [part];
  return readdirSync(join(top, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !entry.name.includes('_FIXTURE'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(top.length + 1))
    .toSorted();
}

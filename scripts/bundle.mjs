/**
 * Makes one file of each program that starts within somebody else's process, and few of the command: hundreds of small files cost more
 * than all else at the start of a process. Input is what tsc built, output `packages/intellimap/dist/bundle` and `…/dist/command`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, watch } from 'rolldown';
import { root } from './run.mjs';

/** Entry below packages/, and its bundle. */
const BUNDLES = {
  'intellimap/dist/load/enter.js': 'enter.cjs',
  'intellimap/dist/load/preload.js': 'preload.cjs',
  'intellimap/dist/load/hooks-thread.js': 'hooks-thread.mjs',
  'intellimap/dist/load/worker/transformer.js': 'transformer.cjs',
  'intellimap/dist/load/worker/answers.js': 'answers.cjs',
  'probe/dist/node/drain.js': 'drain.cjs',
  'probe/dist/browser/index.js': 'browser.js',
};
/** Those that share their globals with code of the program. */
const AMONG_OTHERS = ['preload.cjs', 'hooks-thread.mjs'];

const inPackages = (file) => path.join(root, 'packages', file);

const optionsOf = ([entry, file]) => ({
  input: inPackages(entry),
  platform: file === 'browser.js' ? 'browser' : 'node',
  // One parser is native, the other is hardly ever needed.
  external: ['oxc-parser', 'acorn'],
  plugins: pluginsOf(file),
  ...(file === 'browser.js' && {
    treeshake: USED_ONLY,
    optimization: { inlineConst: { mode: 'all', pass: 3 } },
  }),
  output: {
    banner: AMONG_OTHERS.includes(file) ? globalsTakenAtStart : '',
    file: path.join(inPackages('intellimap/dist/bundle'), file),
    ...formatOf(file),
    // Comments, blanks and names would be held in the program's memory.
    minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
  },
});

/** What core takes of the language when it starts, and no page uses, is left out: reading properties of built-ins, and these functions of ours, changes nothing. */
const USED_ONLY = {
  propertyReadSideEffects: false,
  unknownGlobalSideEffects: false,
  manualPureFunctions: [
    'wordOf',
    'uncurried',
    'getter',
    'chunkWordsFor',
    'ringWordsFor',
    'powerOf',
    'getPrototypeOf',
    'mapEntries',
    'setValues',
  ],
};

function pluginsOf(file) {
  if (file === 'browser.js') return [numbersInPlace, plainCharacters];
  return file.endsWith('.cjs') ? [builtinsTakenAtStart] : [];
}

/** Pages that say no character set are guessed at: what is not ASCII, all of it in texts, is spelled so that every guess comes to the same. */
const plainCharacters = {
  name: 'plain-characters',
  generateBundle(_, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk')
        file.code = file.code
          .replaceAll('/* @__PURE__ */ ', '')
          .replaceAll(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  },
};

/** What a page gets is put into a module that a bundler's plugin makes. */
function formatOf(file) {
  if (file === 'browser.js')
    return { format: 'iife', name: 'IntelliMapProbe', generatedCode: { symbols: false } };
  return { format: file.endsWith('.cjs') ? 'cjs' : 'esm' };
}

const { dependencies } = JSON.parse(fs.readFileSync(inPackages('intellimap/package.json'), 'utf8'));
/** What npm installs beside the package, but for the part of it that is our own. */
const INSTALLED = Object.keys(dependencies).filter((name) => !name.startsWith('@intellimap/'));

/** The command: `main.js`, and chunks of what commands have in common. Names stay, for stacks that people send. It lies as deep as what it is made of, from where it names other files. */
const command = {
  input: inPackages('intellimap/dist/cli/main.js'),
  platform: 'node',
  external: INSTALLED,
  output: {
    dir: inPackages('intellimap/dist/command'),
    cleanDir: true,
    format: 'esm',
    chunkFileNames: '[name].js',
  },
};

const all = () => [...Object.entries(BUNDLES).map(optionsOf), command];

/** Of `wire`: objects that name numbers, and lists of names whose places are what is written. */
const NUMBERS = /\b(Control|Kind|Gate|Role|Reader)\.([A-Z_]+)\b/g;
const PLACES = /\b(TURN_KINDS|LET_GO)\.indexOf\('([a-z ]+)'\)/g;

/** In a page every byte counts: `Control.CURSOR` is written as the number that it is. */
const numbersInPlace = {
  name: 'numbers-in-place',
  async transform(code) {
    const wire = (file) => import(pathToFileURL(inPackages(`probe/dist/wire/${file}.js`)).href);
    const all = { ...(await wire('ring')), ...(await wire('words')), ...(await wire('turns')) };
    return code
      .replace(NUMBERS, (text, of, name) => (name in all[of] ? String(all[of][name]) : text))
      .replace(PLACES, (_, list, name) => String(all[list].indexOf(name)));
  },
};

const IMPORT = /^import (?:(\w+)(?:, | ))?(?:\{([^}]*)\} )?from ['"](node:[\w/]+)['"];$/gm;

/**
 * Built-ins are read once, when the file starts, as an ES module's imports are. A bundler would read `fs.writeSync` at each use, and
 * find what the program has put there in the meantime.
 */
const builtinsTakenAtStart = {
  name: 'builtins-taken-at-start',
  transform: (code) =>
    code.replace(IMPORT, (_, whole, names, from) => {
      const holder = whole || `$${from.replace(/\W/g, '_')}`;
      const taken = names ? ` const {${names.replaceAll(' as ', ': ')}} = ${holder};` : '';
      return `const ${holder} = require('${from}');${taken}`;
    }),
};

/** Globals that the bundled code constructs or calls, and those whose functions it calls. */
const GLOBALS =
  'Date Error Float64Array Int32Array Map Number Promise Proxy RegExp Set SharedArrayBuffer String Symbol TextDecoder Uint8Array URL WeakMap WeakSet process';
const HOLDERS = 'Array Atomics JSON Math Object Reflect';

/** The same for globals: programs delete them, put others into their place, or replace `JSON.parse`. */
const globalsTakenAtStart = [
  `const {${GLOBALS.replaceAll(' ', ',')}}=globalThis;`,
  `const {${HOLDERS.replaceAll(' ', ',')}}=((all)=>{const taken={};for(const name of all){const from=globalThis[name];`,
  `const copy=taken[name]={};for(const key of globalThis.Reflect.ownKeys(from))copy[key]=from[key]}return taken})(${JSON.stringify(HOLDERS.split(' '))});`,
].join('');

export async function bundle() {
  for (const { output, ...input } of all()) {
    const made = await rolldown(input);
    await made.write(output);
    await made.close();
  }
}

/** Text of one, for tests; nothing is written. */
export async function bundled(file) {
  const { output, ...input } = optionsOf(Object.entries(BUNDLES).find(([, name]) => name === file));
  const made = await rolldown(input);
  const { file: _, ...format } = output;
  const { output: parts } = await made.generate(format);
  await made.close();
  return parts[0].code;
}

/** Makes them again whenever the compiler has written; it must have done so once. */
export const watchBundles = () => watch(all());

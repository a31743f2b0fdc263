/**
 * Makes one file of each program that starts within somebody else's process: dozens of small files cost more than all else at the
 * start of a process. Input is what tsc built, output `packages/intellimap/dist/bundle`.
 */
import path from 'node:path';
import { rolldown, watch } from 'rolldown';
import { root } from './run.mjs';

/** Entry below packages/, and its bundle; `.cjs` where the program waits for it. */
const BUNDLES = {
  'intellimap/dist/load/preload.js': 'preload.cjs',
  'probe/dist/node/drain.js': 'drain.cjs',
  'intellimap/dist/load/worker/transformer.js': 'transformer.cjs',
  'intellimap/dist/load/hooks-thread.js': 'hooks-thread.mjs',
};

const inPackages = (file) => path.join(root, 'packages', file);

const optionsOf = ([entry, file]) => ({
  input: inPackages(entry),
  platform: 'node',
  // The parser is native.
  external: ['oxc-parser'],
  plugins: file.endsWith('.cjs') ? [builtinsTakenAtStart] : [],
  output: {
    file: path.join(inPackages('intellimap/dist/bundle'), file),
    format: file.endsWith('.cjs') ? 'cjs' : 'esm',
    // Comments and blanks would be held in the program's memory. Names stay: they are read in stacks.
    minify: { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
  },
});

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

export async function bundle() {
  for (const each of Object.entries(BUNDLES)) {
    const { output, ...input } = optionsOf(each);
    const made = await rolldown(input);
    await made.write(output);
    await made.close();
  }
}

/** Makes them again whenever the compiler has written; it must have done so once. */
export const watchBundles = () => watch(Object.entries(BUNDLES).map(optionsOf));

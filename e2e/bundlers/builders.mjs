/** How each bundler makes the pages of `samples/pages`: with the plugin as it is installed from the package, or without. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importInstalled } from '../_consumer.mjs';

const strip = fileURLToPath(new URL('strip.cjs', import.meta.url));

const plugin = async (bundler, options) =>
  options === undefined
    ? []
    : [(await importInstalled(`intellimap/dist/plugin/${bundler}.js`)).default(options)];

/** Compilers of the languages that pages are written in. */
export async function compilers(page) {
  if (page === 'react') return [(await import('@vitejs/plugin-react')).default()];
  if (page === 'vue') return [(await import('@vitejs/plugin-vue')).default()];
  if (page === 'svelte') return [(await import('@sveltejs/vite-plugin-svelte')).svelte()];
  return [];
}

const entryOf = (folder, page) => join(folder, page, page === 'react' ? 'main.tsx' : 'main.ts');

/** Rollup knows JavaScript only. */
const typesOut = {
  name: 'types-out',
  async transform(text, id) {
    if (!/\.tsx?$/.test(id)) return null;
    const { transform } = await import('esbuild');
    const { code, map } = await transform(text, { loader: 'ts', sourcemap: 'external', sourcefile: id });
    return { code, map };
  },
};

/** Where a bundler does not make worker files by itself, they are entries like others, and pages find them by the name of the source. */
const entriesOf = (folder, page) => ({
  main: entryOf(folder, page),
  'sum.worker': join(folder, 'common/sum.worker.ts'),
});

/**
 * Each takes `{ folder, page, out, options }`: `options` of the plugin, undefined: without it.
 * @type {Record<string, (job: { folder: string, page: string, out: string, options?: object }) => Promise<void>>}
 */
export const builders = {
  async vite({ folder, page, out, options }) {
    const { build } = await import('vite');
    await build({
      root: join(folder, page),
      configFile: false,
      logLevel: 'error',
      base: './',
      publicDir: '../public',
      build: { outDir: out, emptyOutDir: true },
      plugins: [await plugin('vite', options), await compilers(page)],
    });
  },

  async rollup({ folder, page, out, options }) {
    const { rollup } = await import('rollup');
    const bundle = await rollup({
      input: entriesOf(folder, page),
      plugins: [await plugin('rollup', options), typesOut],
    });
    await bundle.write({ dir: out, format: 'es', sourcemap: true, entryFileNames: '[name].js' });
    await bundle.close();
  },

  async rolldown({ folder, page, out, options }) {
    const { rolldown } = await import('rolldown');
    const bundle = await rolldown({
      input: entriesOf(folder, page),
      plugins: [await plugin('rolldown', options)],
    });
    await bundle.write({
      dir: out,
      format: 'esm',
      sourcemap: true,
      minify: true,
      entryFileNames: '[name].js',
    });
    await bundle.close();
  },

  async webpack({ folder, page, out, options }) {
    await packed((await import('webpack')).default, {
      ...packOptions(folder, page, out),
      module: { rules: [{ test: /\.tsx?$/, use: [strip] }] },
      plugins: await plugin('webpack', options),
    });
  },

  async rspack({ folder, page, out, options }) {
    const swc = {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2022',
        transform: { react: { runtime: 'automatic' } },
      },
    };
    await packed((await import('@rspack/core')).rspack, {
      ...packOptions(folder, page, out),
      module: {
        rules: [{ test: /\.tsx?$/, loader: 'builtin:swc-loader', options: swc, type: 'javascript/auto' }],
      },
      plugins: await plugin('rspack', options),
    });
  },

  async esbuild({ folder, page, out, options }) {
    const { build } = await import('esbuild');
    await build({
      absWorkingDir: folder,
      entryPoints: entriesOf(folder, page),
      outdir: out,
      bundle: true,
      minify: true,
      format: 'esm',
      sourcemap: true,
      jsx: 'automatic',
      logLevel: 'error',
      plugins: await plugin('esbuild', options),
    });
  },
};

const packOptions = (folder, page, out) => ({
  context: folder,
  mode: 'production',
  devtool: 'source-map',
  entry: { main: entryOf(folder, page) },
  output: { path: out, filename: '[name].js', publicPath: 'auto' },
  resolve: { extensions: ['.ts', '.tsx', '.js'] },
  performance: false,
});

function packed(bundler, options) {
  return new Promise((done, fail) => {
    bundler(options, (error, stats) => {
      if (error) return fail(error);
      if (stats.hasErrors()) return fail(new Error(stats.toString({ all: false, errors: true })));
      return done();
    });
  });
}

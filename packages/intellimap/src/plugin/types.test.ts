/** The plugins are what their bundlers take, as far as types tell. */
import { expect, test } from 'vitest';
import type { Configuration as Rspack } from '@rspack/core';
import type { BuildOptions } from 'esbuild';
import type { InputOptions } from 'rolldown';
import type { RollupOptions } from 'rollup';
import type { UserConfig } from 'vite';
import type { Configuration as Webpack } from 'webpack';
import esbuild from './esbuild.ts';
import rolldown from './rolldown.ts';
import rollup from './rollup.ts';
import rspack from './rspack.ts';
import vite from './vite.ts';
import webpack from './webpack.ts';

test('each fits into a configuration of its bundler', () => {
  const configurations: [UserConfig, RollupOptions, InputOptions, Webpack, Rspack, BuildOptions] = [
    { plugins: [vite({ include: ['src/**'] })] },
    { plugins: [rollup({ build: true })] },
    { plugins: [rolldown()] },
    { plugins: [webpack()] },
    { plugins: [rspack()] },
    { plugins: [esbuild()] },
  ];
  expect(configurations.map(({ plugins }) => [plugins].flat().length)).toEqual([1, 1, 1, 1, 1, 1]);
});

// Babel, with what @babel/preset-env brings, compiles handlebars for old browsers.
import fs from 'node:fs';
import babel from '@babel/core';
import presetEnv from '@babel/preset-env';

export const own = ['node_modules/@babel/**'];

export function prepare() {
  const text = fs.readFileSync('node_modules/handlebars/dist/handlebars.js', 'utf8');
  const options = {
    configFile: false,
    babelrc: false,
    presets: [[presetEnv, { targets: 'ie 11' }]],
    compact: false,
  };
  return () => `${babel.transformSync(text, options).code.length}`;
}

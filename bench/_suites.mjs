// Suites of tests of public projects, which `bench/calls.mjs --suites <folder>` records: the folder holds a checkout of each, with what its package.json asks for installed.
// What a project depends on is recorded, too: `dependencies` of its package.json, but for `without`, which tools of the tests call, too, that are not.

/**
 * @property {string} folder of the checkout
 * @property {string} repository whose it is
 * @property {string[]} [without] packages
 * @property {string[]} argv what `node` is given there
 */
export const SUITES = {
  'express-suite': {
    folder: 'express',
    repository: 'github.com/expressjs/express',
    without: ['debug', 'qs'],
    argv: ['node_modules/mocha/bin/mocha.js', '--require', 'test/support/env', '--reporter', 'dot', 'test/', 'test/acceptance/'],
  },
  'commander-suite': { folder: 'commander', repository: 'github.com/tj/commander.js', argv: ['--test', '--test-reporter', 'dot'] },
  'koa-suite': { folder: 'koa', repository: 'github.com/koajs/koa', argv: ['--test', '--test-reporter', 'dot'] },
  'yaml-suite': { folder: 'yaml', repository: 'github.com/eemeli/yaml', argv: ['node_modules/vitest/vitest.mjs', 'run'] },
}; // prettier-ignore

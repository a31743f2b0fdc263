const { spawnSync } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const refused = [
  'let a; let a;',
  'function f(a) { let a; }',
  'const [a, a] = [];',
  'break;',
  'a: { continue b; }',
  'class A { m() { return this.#b; } }',
  'class A { constructor() {} constructor() {} }',
  'super.a;',
];
mkdirSync(join(__dirname, 'made'));
for (const [at, text] of refused.entries()) {
  for (const extension of ['cjs', 'mjs']) {
    const file = join(__dirname, 'made', `${at}.${extension}`);
    writeFileSync(file, `const first = () => 1;\n${text} const last = () => first();\nlast();\n`);
    const { stderr, status } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    console.log(stderr, status);
  }
}

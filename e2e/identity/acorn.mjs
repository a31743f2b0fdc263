import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as acorn from 'acorn';

const require = createRequire(import.meta.url);
const texts = ['acorn', 'terser', 'prettier'].map((name) => readFileSync(require.resolve(name), 'utf8'));
for (const text of texts) {
  const tree = acorn.parse(text, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    locations: true,
    allowHashBang: true,
    onComment: [],
  });
  const json = JSON.stringify(tree);
  console.log(json.length, json.slice(0, 20_000), json.slice(-20_000));
}
for (const broken of ['a b', 'let let', 'for(;', '({a:1,a(})', 'class { #x; #x }']) {
  try {
    acorn.parse(broken, { ecmaVersion: 'latest' });
  } catch (error) {
    console.log(error.name, error.message, error.pos, JSON.stringify(error.loc));
  }
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as prettier from 'prettier';

const require = createRequire(import.meta.url);
const inputs = {
  babel: readFileSync(require.resolve('acorn'), 'utf8')
    .slice(0, 60_000)
    .replace(/\n[^\n]*$/, ''),
  css: 'a{b:c;d:e}@media (min-width:1px){.x>.y{color:red}}'.repeat(40),
  markdown: '# t\n\n* a\n* b\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n```js\nfoo( 1 )\n```\n'.repeat(20),
  yaml: 'a:   1\nb:\n    - c\n    -   d\n',
  json: JSON.stringify({ a: [1, 2, { b: null }], c: 'd'.repeat(90) }),
};
const typescript =
  'interface A<T> { b?: T; c(d: string): void }\nexport const e = <T,>(f: A<T>): f is A<T> => !!f.b as boolean;\n'.repeat(
    30,
  );
for (const [parser, text] of Object.entries({ ...inputs, typescript })) {
  for (const printWidth of [60, 100]) {
    try {
      console.log(await prettier.format(text, { parser, printWidth }));
    } catch (error) {
      console.log(parser, error.message);
    }
  }
}

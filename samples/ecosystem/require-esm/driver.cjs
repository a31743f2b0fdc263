// CommonJS that requires ES modules: namespaces, default exports, cycles, and what has a top-level await.
const path = require('node:path');

const shapes = require('./shapes.mjs');
console.log(shapes, shapes.default(2), shapes[Symbol.toStringTag], require('./shapes.mjs') === shapes);
console.log(Object.getOwnPropertyNames(shapes), typeof require('./as-cjs.mjs'), require('./as-cjs.mjs')(3));
import('./shapes.mjs').then((namespace) => console.log('same namespace', namespace === shapes));

for (const file of ['./waits.mjs', './throws.mjs', './syntax.mjs', './missing.mjs']) {
  try {
    require(file);
  } catch (error) {
    const [first, ...rest] = error.stack.split('\n');
    console.log(file, error.name, error.code, first.replaceAll(__dirname, '.'));
    console.log(rest.slice(0, 4).filter((line) => !line.includes('node:')).join('\n').replaceAll(__dirname, '.'));
  }
}
const { nanoid, customAlphabet } = require('nanoid');
console.log(nanoid().length, customAlphabet('x', 4)());
const { unified } = require('unified');
const processed = unified().use(require('remark-parse').default).use(require('remark-stringify').default).processSync(`# A title\n\n${'* item _with_ **marks** and `code`\n'.repeat(200)}`);
console.log(String(processed).length, String(processed).slice(0, 60));
console.log(path.basename(require.cache[require.resolve('./shapes.mjs')]?.filename ?? 'not cached'), Object.keys(require.cache).map((key) => path.relative(__dirname, key)));
process.on('warning', ({ name }) => console.log('warned', name));

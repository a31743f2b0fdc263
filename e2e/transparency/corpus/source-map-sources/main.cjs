const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');

// The map begins at column 24: nobody wrote `help`.
const text = "const help = (f) => f();exports.run = () => help(() => new Error('here').stack);";
const map = { version: 3, sources: ['lib.ts'], sourcesContent: ['a\nb\nc\n'], names: [], mappings: 'wBAEA' };
const two = { sources: ['lib.ts', 'other.ts'], sourcesContent: ['a\nb\nc\n', 'd'] };

const maps = {
  scheme: { sources: ['webpack://app/./src/lib.ts'] },
  query: { sources: ['webpack:///./src/lib.ts?1234'] },
  root: { sourceRoot: '/root', sources: ['lib.ts'] },
  slash: { sourceRoot: '../root/' },
  url: { sourceRoot: 'https://example.org/app/' },
  escaped: { sources: ['my%20lib.ts'] },
  missing: { sourcesContent: undefined, sources: ['nowhere.ts'] },
  language: { sources: ['lib.coffee'] },
  empty: { mappings: '' },
  two,
  twoUrls: { ...two, sources: ['webpack://app/./src/lib.ts', 'webpack/runtime'] },
  twoRoots: { ...two, sourceRoot: '/root' },
};
const places = {
  beside: () => 'lib.js.map',
  below: () => 'maps/lib.js.map',
  asked: () => 'lib.js.map?v=1',
  file: (folder) => pathToFileURL(join(folder, 'lib.js.map')).href,
  inline: (_, json) => `data:application/json;base64,${Buffer.from(json).toString('base64')}`,
  escaped: (_, json) => `data:application/json,${encodeURIComponent(json)}`,
};
for (const [kind, change] of Object.entries(maps)) {
  for (const [place, urlOf] of Object.entries(places)) {
    const folder = join(__dirname, 'made', `${kind}-${place}`);
    const json = JSON.stringify({ ...map, ...change });
    const url = urlOf(folder, json);
    const file = join(folder, place === 'below' ? 'maps/lib.js.map' : 'lib.js.map');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, json);
    writeFileSync(join(folder, 'lib.js'), `${text}\n//# sourceMappingURL=${url}\n`);
    const stack = require(join(folder, 'lib.js')).run();
    console.log(kind, place, stack.split('\n').slice(1, 4));
  }
}

// Last words of what no source has.
const last = join(__dirname, 'made', 'last.js');
const json = JSON.stringify({ ...map, ...two });
const data = Buffer.from(json).toString('base64');
writeFileSync(
  last,
  `const f = () => null.x;;f();\n//# sourceMappingURL=data:application/json;base64,${data}\n`,
);
require(last);

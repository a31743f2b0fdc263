import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import babel from '@babel/core';

const require = createRequire(import.meta.url);
const text = readFileSync(require.resolve('acorn'), 'utf8');
const renamer = ({ types }) => ({
  visitor: {
    Identifier(path) {
      if (path.node.name.length === 1) path.node.name = `_${path.node.name}`;
    },
    ArrowFunctionExpression(path) {
      path.replaceWith(types.sequenceExpression([types.numericLiteral(0), path.node]));
      path.skip();
    },
  },
});
for (const plugins of [[], [renamer]]) {
  const { code, map } = babel.transformSync(text, {
    plugins,
    configFile: false,
    babelrc: false,
    sourceMaps: true,
    compact: false,
  });
  console.log(code, JSON.stringify(map.mappings));
}

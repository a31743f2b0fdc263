// PostCSS parses, changes and prints a style sheet of 6,000 rules.
import postcss from 'postcss';

export const own = ['node_modules/postcss/**'];

const rule = (at) =>
  `.card-${at} > .title:hover, #box-${at} { margin: ${at % 17}px auto; color: rgb(${at % 255}, 0, 0); /* ${at} */ background: url("x-${at}.png") }\n`;
const sheet = () =>
  Array.from(
    { length: 3000 },
    (_, at) => rule(at) + (at % 10 ? '' : `@media (min-width: ${at}px) {\n${rule(at)}}\n`),
  ).join('');

export function prepare() {
  const css = sheet();
  const double = {
    postcssPlugin: 'double',
    Declaration(declaration) {
      if (declaration.prop === 'margin' && !declaration.value.startsWith('calc'))
        declaration.value = `calc(2 * ${declaration.value})`;
    },
  };
  const processor = postcss([double]);
  return async () => `${(await processor.process(css, { from: undefined })).css.length}`;
}

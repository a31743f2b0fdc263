// A loader for webpack, which knows JavaScript only: takes types and JSX out, and leads the map on.
const { transform } = require('esbuild');

module.exports = function strip(text, map) {
  const done = this.async();
  const sourcefile = this.resourcePath;
  const loader = sourcefile.endsWith('x') ? 'tsx' : 'ts';
  // It goes on with a map that the text brings.
  const given = map
    ? `${text}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`
    : text;
  void transform(given, { loader, jsx: 'automatic', sourcemap: 'external', sourcefile }).then(
    (made) => done(null, made.code, JSON.parse(made.map)),
    done,
  );
};

const cp = require('node:child_process');
const { promisify } = require('node:util');
const node = process.execPath;
const clean = (text) => {
  try {
    const e = JSON.parse(text);
    return (
      Object.keys(e)
        .filter((k) => !['PATH', 'HOME', 'LANG', 'NO_COLOR', 'PWD', 'SHLVL', '_', 'OLDPWD'].includes(k))
        .map((k) => k + '=' + e[k])
        .join() || '(none)'
    );
  } catch {
    return text;
  }
};
(async () => {
  console.log('spawnSync', clean(String(cp.spawnSync(node, ['child.cjs'], { env: {} }).stdout)));
  console.log(
    'execFileSync',
    clean(String(cp.execFileSync(node, ['child.cjs'], { env: Object.create({ INHERITED: 'x' }) }))),
  );
  console.log(
    'execSync',
    clean(
      String(
        cp.execSync(JSON.stringify(node) + ' child.cjs', { env: { A: '1', NODE_OPTIONS: '--no-warnings' } }),
      ),
    ),
  );
  console.log('execFile', clean((await promisify(cp.execFile)(node, ['child.cjs'], { env: null })).stdout));
  console.log('shell', clean((await promisify(cp.exec)(JSON.stringify(node) + ' child.cjs')).stdout));
  console.log(Object.keys(process.env).filter((k) => /NODE_OPTIONS|INTELLI/.test(k)));
})();

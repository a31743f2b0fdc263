const { spawnSync } = require('node:child_process');
const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

const cwd = join(__dirname, 'gone');
for (const flags of [[], ['--no-warnings']]) {
  mkdirSync(cwd);
  const { stdout, stderr, status, signal } = spawnSync(
    'sh',
    ['-c', 'rmdir ../gone && exec "$0" "$@"', process.execPath, ...flags, join(__dirname, 'child.cjs'), 'x'],
    { cwd, encoding: 'utf8', timeout: 10_000 },
  );
  console.log(stdout, stderr, status, signal);
}

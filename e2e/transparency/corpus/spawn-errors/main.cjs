const cp = require('node:child_process');
const attempt = (what, f) => {
  try {
    console.log(what, f());
  } catch (e) {
    console.log(what, e.name, e.code, e.message, e.status, e.signal);
  }
};
attempt('missing', () => cp.execFileSync('/no/such/file'));
attempt('bad env', () => cp.spawnSync('true', { env: 5 }).status);
attempt('bad args', () => cp.spawnSync('true', 'x'));
attempt('bad options', () => cp.execSync('true', 5).length);
attempt('null char', () => cp.spawnSync('true', [], { env: { A: 'a\0b' } }));
attempt('status', () => cp.execSync('exit 3', { stdio: 'pipe' }));
attempt('timeout', () => cp.spawnSync('sleep', ['5'], { timeout: 50 }).signal);
const child = cp.spawn('/no/such/file', ['a']);
child.on('error', (e) => console.log('error', e.code, e.spawnargs, e.stack.split('\n').length));
console.log(child.pid, child.spawnargs, Object.keys(child).join());
const killed = cp.spawn('sleep', ['5']);
killed.on('exit', (code, signal) => console.log('killed', code, signal, killed.spawnargs, killed.spawnfile));
killed.kill();

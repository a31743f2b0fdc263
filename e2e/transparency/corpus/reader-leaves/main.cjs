const { spawn } = require('node:child_process');
const child = spawn(process.execPath, [require.resolve('./writes.cjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
child.stdout.once('data', (text) => {
  console.log(String(text));
  child.stdout.destroy();
  child.stdout.once('close', () => child.stdin.end('go on'));
});
child.on('exit', (code, signal) => console.log(code, signal));

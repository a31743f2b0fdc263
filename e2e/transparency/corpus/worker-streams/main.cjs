const { Worker, isMainThread } = require('node:worker_threads');
if (isMainThread) {
  const w = new Worker(__filename, { stdin: true, stdout: true, stderr: true });
  w.stdout.setEncoding('utf8').on('data', (t) => console.log('out:', t.trim()));
  w.stderr.setEncoding('utf8').on('data', (t) => console.log('err:', t.trim()));
  process.stdin.pipe(w.stdin);
  w.on('exit', (c) => console.log('exit', c));
} else {
  let text = '';
  process.stdin.on('data', (d) => (text += d));
  process.stdin.on('end', () => {
    console.log('read', JSON.stringify(text));
  });
}

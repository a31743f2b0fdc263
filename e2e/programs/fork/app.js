const { fork, execFileSync, spawn } = require('node:child_process');

function ask(child, n) {
  return new Promise((done) => {
    child.once('message', done);
    child.send(n);
  });
}

async function main() {
  const children = [fork('./child.js'), fork('./child.js', [], { env: {} })];
  const answers = await Promise.all(children.map((child, index) => ask(child, index + 3)));
  for (const child of children) child.disconnect();
  const sync = execFileSync(process.execPath, ['./leaf.js', 'sync'], { encoding: 'utf8' }).trim();
  const late = spawn(process.execPath, ['./leaf.js', 'async'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of late.stdout) text += chunk;
  console.log(answers.join(' '), sync, text.trim());
  process.exit(7);
}

main();

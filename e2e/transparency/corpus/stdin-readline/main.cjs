const readline = require('node:readline');
const rl = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: false });
rl.setPrompt('> ');
rl.prompt();
rl.on('line', (line) => {
  console.log('got', JSON.stringify(line));
  if (line === 'quit') rl.close();
  else rl.prompt();
});
rl.on('close', () => {
  console.log('closed');
  process.stdin.unref();
});

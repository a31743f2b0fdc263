// Runs a program under --watch until it has been started twice.
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
const file = new URL('./watched.cjs', import.meta.url).pathname;
const child = spawn(process.execPath, ['--watch', file], { stdio: ['ignore', 'pipe', 'ignore'] });
let runs = 0;
child.stdout.setEncoding('utf8').on('data', (text) => {
  for (const line of text.split('\n').filter((each) => each.startsWith('run'))) {
    console.log(line);
    runs += 1;
    if (runs === 1) setTimeout(() => appendFileSync(file, '\nconsole.log("run again");\n'), 500);
    if (runs === 3) child.kill('SIGTERM');
  }
});
child.on('exit', () => console.log('ended'));

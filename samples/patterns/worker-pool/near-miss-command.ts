// A command, whose end is told.
import { spawn } from 'node:child_process';

export function run(command: string) {
  const child = spawn(command, { shell: true });
  child.on('exit', (code) => console.log(`ended with ${code}`));
}

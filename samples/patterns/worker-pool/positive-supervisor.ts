// What ends is started again.
import { spawn } from 'node:child_process';

export function supervise(command: string, args: string[]) {
  const start = () => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.on('exit', (code) => {
      console.error(`${command} ended with ${code}`);
      setTimeout(() => start(), 1000);
    });
  };
  start();
}

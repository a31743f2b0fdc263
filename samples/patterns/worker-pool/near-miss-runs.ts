// One server at a time, again and again; what is kept are its figures.
import { spawn } from 'node:child_process';

export async function measure(runs: number, ask: () => Promise<number>) {
  const figures: number[] = [];
  for (let run = 0; run < runs; run++) {
    const server = spawn('node', ['server.js']);
    figures.push(await ask());
    server.kill();
  }
  return figures;
}

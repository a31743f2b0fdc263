// One process for each processor, and a new one for each that dies.
import cluster from 'node:cluster';
import { cpus } from 'node:os';

if (cluster.isPrimary) {
  for (const cpu of cpus()) cluster.fork({ SPEED: String(cpu.speed) });
  cluster.on('exit', () => cluster.fork());
}

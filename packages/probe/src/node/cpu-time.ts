/** What threads take of the processors. I/O: asks the system. */
import fs from 'node:fs';

type Micros = number;

const SCHEDULED = '/proc/thread-self/schedstat';
/** The main thread has the number of its process. */
const MAIN = `/proc/self/task/${process.pid}/schedstat`;

const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };
const total = ({ user, system }: NodeJS.CpuUsage): Micros => user + system;

/** µs of processors: of all threads of this process, of its main thread (Linux), and of the calling one. @param busy what it has worked, for where nobody else knows: Node before 22.19, and no Linux */
export const usedMicros = (busy: Micros): { cpu: Micros; own: Micros; main?: Micros } => {
  const main = scheduledMicros(MAIN);
  return {
    cpu: total(process.cpuUsage()),
    own: threadMicros() ?? busy,
    ...(main === undefined ? {} : { main }),
  };
};

function threadMicros(): Micros | undefined {
  if (threadCpuUsage !== undefined) return total(threadCpuUsage());
  return scheduledMicros(SCHEDULED);
}

function scheduledMicros(file: string): Micros | undefined {
  try {
    // ns on a processor, ns that it waited for one, turns.
    return Number(fs.readFileSync(file, 'latin1').split(' ', 1)[0]) / 1000;
  } catch {
    return undefined;
  }
}

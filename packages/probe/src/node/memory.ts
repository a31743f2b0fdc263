/** What memory there is for the process. I/O: asks the system. */
import os from 'node:os';

const MIB = 2 ** 20;
/** Of what a container may have: beyond it, the system is about to kill. */
const CONTAINER_SHARE = 0.9;
/** Of what there is, the recorder's own. */
const OWN_SHARE = 0.25;

const { constrainedMemory } = process as { constrainedMemory?: () => number };

/** Bytes that this process may have, where less than the machine has: in a container. */
function containerBytes(): number | undefined {
  const bytes = constrainedMemory?.() ?? 0;
  return bytes > 0 && bytes < os.totalmem() ? bytes : undefined;
}

/** Limits that hold unless somebody says otherwise. */
export interface MemoryLimits {
  /** MiB that a process in a container may have, resident, for recording to go on. */
  process: number | undefined;
  /** Bytes of the recorder's own. */
  own: number;
}

export function memoryLimits(container = containerBytes(), machine = os.totalmem()): MemoryLimits {
  return {
    process:
      container === undefined ? undefined : Math.max(1, Math.floor((container * CONTAINER_SHARE) / MIB)),
    own: (container ?? machine) * OWN_SHARE,
  };
}

// Commands one after the other: each ends before the next begins.
import { spawnSync } from 'node:child_process';

export function steps(commands: string[]) {
  for (const command of commands) {
    const { status } = spawnSync(command, { shell: true });
    if (status !== 0) return status;
  }
  return 0;
}

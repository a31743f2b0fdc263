// Gone already is as good.
import { unlinkSync } from 'node:fs';

export function removeLock(path: string) {
  try {
    unlinkSync(path);
  } catch {}
}

/** Segment files of a thread are numbered: `000001.seg`. I/O: makes one that was not there. */
import fs from 'node:fs';
import path from 'node:path';

export const segmentName = (number: number): string => `${String(number).padStart(6, '0')}.seg`;

/** The first that is free from `number` on: an earlier process of this run may have had the same pid. @throws the file system's error */
export function createSegment(folder: string, number: number): { fd: number; number: number } {
  for (let free = number; ; free++) {
    try {
      return {
        fd: fs.openSync(path.join(folder, segmentName(free)), 'wx'),
        number: free,
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** All of it, or an error. */
export function writeWhole(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at, bytes.length - at);
}

/** Beside the segments: why there are no more. */
export function tellFailure(folder: string, segment: number, error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException;
  try {
    const text = JSON.stringify({ code, message, segment, epochMs: Date.now() });
    fs.writeFileSync(path.join(folder, 'drain-error.json'), `${text}\n`);
  } catch {
    // The same disk. The gap shows in the recording anyway: no END frame.
  }
}

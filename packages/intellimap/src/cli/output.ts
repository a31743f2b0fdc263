/** Writing what may be large: piece by piece, to stdout or to a file that has its name only when it is whole. */
import { once } from 'node:events';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mkdirSync } from 'node:fs';
import { unwritable } from '../base/fault.ts';

/** Bytes that are gathered before they are written. */
const BUFFER = 1 << 18;

/** @returns bytes written. @throws Fault (UNWRITABLE); nothing is left behind then */
export async function writeFileWhole(path: string, pieces: AsyncIterable<string>): Promise<number> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = await open(draft, 'w');
    let bytes = 0;
    try {
      for await (const text of gathered(pieces))
        bytes += (await file.writeFile(text), Buffer.byteLength(text));
    } finally {
      await file.close();
    }
    await rename(draft, path);
    return bytes;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw unwritable(error, path);
  }
}

/** To stdout, as fast as it is read. Whoever stops reading ends the program (`main.ts`). */
export async function writeStdout(pieces: AsyncIterable<string>): Promise<void> {
  for await (const text of gathered(pieces))
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let texts: string[] = [];
  let size = 0;
  for await (const text of pieces) {
    texts.push(text);
    size += text.length;
    if (size < BUFFER) continue;
    yield texts.join('');
    texts = [];
    size = 0;
  }
  if (size > 0) yield texts.join('');
}

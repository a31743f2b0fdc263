/**
 * Lines of a file that end: what stands behind the last line's end is being written, or was cut off. Only `\n` ends one: `node:readline` (Node 24) also takes U+2028
 * for an end, which JSON leaves as it is in texts. I/O: reads the file.
 */
import { createReadStream } from 'node:fs';

const END = 10;

/** @throws the file system's error */
export async function* wholeLines(file: string): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(END); end >= 0; end = chunk.indexOf(END, from)) {
      const last = chunk.subarray(from, end);
      yield (parts.length === 0 ? last : Buffer.concat([...parts, last])).toString();
      parts = [];
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
  }
}

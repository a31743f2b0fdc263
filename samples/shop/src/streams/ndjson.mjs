import { StringDecoder } from 'node:string_decoder';
import { Transform } from 'node:stream';

/** Bytes in, lines out, however the bytes were cut into chunks. */
export class LineSplitter extends Transform {
  #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor() {
    super({ readableObjectMode: true });
  }

  _transform(chunk, _encoding, done) {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.push(line);
    done();
  }

  _flush(done) {
    const last = this.#rest + this.#decoder.end();
    if (last !== '') this.push(last);
    done();
  }
}

/** Yields { line, value } for each line that fits the schema and { line, problem } for one that does not. */
export async function* parseLines(lines, schema) {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() !== '') yield { line: number, ...parseLine(text, schema) };
  }
}

function parseLine(text, schema) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'not JSON' };
  }
  const { success, data, error } = schema.safeParse(json);
  return success ? { value: data } : { problem: error.issues[0].message };
}

import { Transform } from 'node:stream';

/** Objects in, lines of CSV (RFC 4180) out, the header first. */
export class CsvEncoder extends Transform {
  #columns;
  #started = false;

  /** @param {Record<string, (row: any) => unknown>} columns heading → how to get the value from a row */
  constructor(columns) {
    super({ writableObjectMode: true });
    this.#columns = columns;
  }

  _transform(row, _encoding, done) {
    this.#writeHeaderOnce();
    this.#writeLine(Object.values(this.#columns).map((valueOf) => valueOf(row)));
    done();
  }

  _flush(done) {
    // An export without rows still says which columns it has.
    this.#writeHeaderOnce();
    done();
  }

  #writeHeaderOnce() {
    if (this.#started) return;
    this.#started = true;
    this.#writeLine(Object.keys(this.#columns));
  }

  #writeLine(values) {
    this.push(`${values.map(encodeField).join(',')}\r\n`);
  }
}

function encodeField(value) {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

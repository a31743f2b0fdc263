/**
 * Columns over the wire: a head as JSON and named typed arrays, which the reader takes as views of what came, without copying.
 *
 * ```
 * u32 magic "IMC1" · u32 length of the head in bytes · head as JSON, padded with blanks to 8 bytes · the columns, each padded to 8 bytes
 * ```
 * Numbers are little-endian. The head lists the columns in their order: `{"head": …, "columns": [["start", "u32", 1200], …]}`.
 */

/** Of answers that are written so. */
export const COLUMNS_TYPE = 'application/x-intellimap-columns';

/** Both worlds have them: Node and browsers. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

const KINDS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type Kind = keyof typeof KINDS;

export type Column = InstanceType<(typeof KINDS)[Kind]>;

/** What is sent: what holds for all rows, and the columns. */
export interface ColumnsOf<Head, Columns> {
  head: Head;
  columns: Columns;
}

interface Told {
  head: unknown;
  columns: [name: string, kind: Kind, length: number][];
}

const MAGIC = 0x31434d49;
const padded = (bytes: number): number => (bytes + 7) & ~7;

/** @throws TypeError: a column of another type than those above */
export function encodeColumns(answer: ColumnsOf<unknown, object>): Uint8Array<ArrayBuffer> {
  const columns = Object.entries(answer.columns) as [string, Column][];
  const told: Told = {
    head: answer.head,
    columns: columns.map(([name, column]) => [name, kindOf(name, column), column.length]),
  };
  const head = new TextEncoder().encode(JSON.stringify(told));
  const start = padded(8 + head.length);
  const bytes = new Uint8Array(columns.reduce((sum, [, { byteLength }]) => sum + padded(byteLength), start));
  bytes.fill(0x20, 8, start);
  new Uint32Array(bytes.buffer, 0, 2).set([MAGIC, start - 8]);
  bytes.set(head, 8);
  let at = start;
  for (const [, column] of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += padded(column.byteLength);
  }
  return bytes;
}

/** @throws RangeError: what came is not such an answer, or is cut off */
export function decodeColumns<Head, Columns>(buffer: ArrayBuffer): ColumnsOf<Head, Columns> {
  const [magic, length] = buffer.byteLength < 8 ? [0, 0] : new Uint32Array(buffer, 0, 2);
  if (magic !== MAGIC || length % 8 !== 0 || 8 + length > buffer.byteLength)
    throw new RangeError('these are no columns');
  const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length))) as Told;
  let at = 8 + length;
  const columns = told.columns.map(([name, kind, count]) => {
    const column = new KINDS[kind](buffer, at, count);
    at += padded(column.byteLength);
    return [name, column] as const;
  });
  return { head: told.head as Head, columns: Object.fromEntries(columns) as Columns };
}

function kindOf(name: string, column: Column): Kind {
  const found = (Object.keys(KINDS) as Kind[]).find((kind) => column.constructor === KINDS[kind]);
  if (found === undefined) throw new TypeError(`column ${name} is no typed array that can be sent`);
  return found;
}

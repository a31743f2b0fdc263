/**
 * Reads a `.heapsnapshot` piece by piece: as one JSON text it may be longer than a string can be. Its parts come in a fixed order, and all but the last are
 * numbers. I/O: one file.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { HeapParts } from './heap-graph.ts';

const PIECE = 1 << 20;

const LARGEST = 2 ** 32 - 1;
const [BRACKET, ZERO, NINE] = Buffer.from(']09');

/** Bytes of a file, one after the other. */
class Bytes {
  readonly #fd: number;
  readonly #piece = Buffer.alloc(PIECE);
  #length = 0;
  #at = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** −1: there are no more. */
  next(): number {
    return this.#at < this.#length || this.#fill() ? this.#piece[this.#at++] : -1;
  }

  /** False: there are no more. */
  #fill(): boolean {
    this.#length = readSync(this.#fd, this.#piece, 0, PIECE, null);
    this.#at = 0;
    return this.#length > 0;
  }

  /** All up to, and with, a text. @throws when it does not come */
  through(end: string): string {
    const wanted = Buffer.from(end);
    const read: number[] = [];
    for (let matched = 0; matched < wanted.length;) {
      const byte = this.next();
      if (byte < 0) throw new Error(`a heap snapshot without ${end}`);
      read.push(byte);
      matched = byte === wanted[matched] ? matched + 1 : byte === wanted[0] ? 1 : 0;
    }
    return Buffer.from(read).toString();
  }

  /** Numbers, none of them negative, up to the end of their list; those beyond 32 bits become the largest. @throws when it does not end */
  numbers(count: number): Uint32Array {
    let list = new Uint32Array(count);
    let length = 0;
    for (let number = 0, digits = 0; this.#at < this.#length || this.#fill();) {
      const piece = this.#piece;
      const end = this.#length;
      let at = this.#at;
      for (; at < end; at++) {
        const byte = piece[at];
        if (byte >= ZERO && byte <= NINE) {
          number = number * 10 + (byte - ZERO);
          digits++;
          continue;
        }
        if (digits > 0) {
          if (length === list.length) list = grown(list);
          list[length++] = Math.min(number, LARGEST);
          number = digits = 0;
        }
        if (byte === BRACKET) break;
      }
      this.#at = at + 1;
      if (at < end) return list.subarray(0, length);
    }
    throw new Error('a heap snapshot that ends too early');
  }

  rest(): string {
    const pieces = [Buffer.from(this.#piece.subarray(this.#at, this.#length))];
    for (;;) {
      const piece = Buffer.alloc(PIECE);
      const length = readSync(this.#fd, piece, 0, PIECE, null);
      if (length === 0) return Buffer.concat(pieces).toString();
      pieces.push(piece.subarray(0, length));
    }
  }
}

function grown(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(64, 2 * list.length));
  larger.set(list);
  return larger;
}

interface Head {
  snapshot: {
    meta: { node_fields: string[]; node_types: [string[]]; edge_types: [string[]] };
    node_count: number;
    edge_count: number;
  };
}

/** @throws the file system's error, or when it is no snapshot */
export function readHeapFile(file: string): HeapParts {
  const fd = openSync(file, 'r');
  try {
    const bytes = new Bytes(fd);
    const head = JSON.parse(`${bytes.through('"nodes":[').replace(/,\s*"nodes":\[$/, '')}}`) as Head;
    const { meta, node_count: nodeCount, edge_count: edgeCount } = head.snapshot;
    const nodes = bytes.numbers(nodeCount * meta.node_fields.length);
    bytes.through('"edges":[');
    const edges = bytes.numbers(edgeCount * 3);
    bytes.through('"locations":[');
    const locations = bytes.numbers(0);
    bytes.through('"strings":');
    const strings = JSON.parse(bytes.rest().replace(/\}\s*$/, '')) as string[];
    return {
      nodeFields: meta.node_fields,
      nodeTypes: meta.node_types[0],
      edgeTypes: meta.edge_types[0],
      nodes,
      edges,
      locations,
      strings,
    };
  } finally {
    closeSync(fd);
  }
}

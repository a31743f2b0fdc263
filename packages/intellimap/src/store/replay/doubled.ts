/** Columns that grow. Pure. */

/** A typed array of twice the length with the same beginning. */
export function doubled<T extends Int32Array | Uint32Array | Float64Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}

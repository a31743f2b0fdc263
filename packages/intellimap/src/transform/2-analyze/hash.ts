/** Short hashes: of many slices of one text, and of single strings. Neither is meant to resist an attacker. */

const PRIME = 0x01000193;

export const hex8 = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');

/** FNV-1a, 32 bits, as 8 hex digits. */
export function hash8(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), PRIME);
  return hex8(h);
}

/**
 * Hash of any slice of `text` in constant time after one pass (a polynomial over its UTF-16 units, modulo 2^32): functions
 * nest, and hashing each body by itself would read the innermost text once per level.
 */
export function sliceHasher(text: string): (start: number, end: number) => string {
  const prefix = new Int32Array(text.length + 1);
  let h = 0;
  for (let i = 0; i < text.length; i++) {
    h = (Math.imul(h, PRIME) + text.charCodeAt(i) + 1) | 0;
    prefix[i + 1] = h;
  }
  return (start, end) => {
    const value = prefix[end] - Math.imul(prefix[start], power(end - start));
    // Stirred, since neighbouring texts give neighbouring sums.
    let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return hex8(mixed ^ (mixed >>> 16));
  };
}

function power(exponent: number): number {
  let result = 1;
  let base = PRIME;
  for (let e = exponent; e > 0; e >>>= 1) {
    if (e & 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

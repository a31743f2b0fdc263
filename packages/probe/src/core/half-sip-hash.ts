/**
 * HalfSipHash-2-4 (J.-P. Aumasson, D. J. Bernstein: "SipHash: a fast short-input PRF", 2012; the variant for 32-bit machines) of a text, as bytes of UTF-16LE. Who
 * lacks the key cannot tell whether a text that he guesses is the one that was hashed.
 */
import { charCodeAt } from './intrinsics.ts';

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** @param low @param high the key, 32 bits each. Answers with 32 bits, unsigned. */
export function halfSipHash(text: string, low: number, high: number): number {
  let v0 = low;
  let v1 = high;
  let v2 = low ^ 0x6c796765;
  let v3 = high ^ 0x74656462;
  const rounds = (count: number): void => {
    while (count-- > 0) {
      v0 = (v0 + v1) | 0;
      v1 = rotated(v1, 5) ^ v0;
      v0 = rotated(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotated(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotated(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotated(v1, 13) ^ v2;
      v2 = rotated(v2, 16);
    }
  };
  const { length } = text;
  // Two characters a word; the last word has what is left, and the length. Beyond the end there are zeros: `NaN | 0`.
  for (let at = 0; at <= length; at += 2) {
    const isLast = at > length - 2;
    const word = charCodeAt(text, at) | 0 | (isLast ? length << 25 : (charCodeAt(text, at + 1) | 0) << 16);
    v3 ^= word;
    rounds(2);
    v0 ^= word;
    if (isLast) break;
  }
  v2 ^= 0xff;
  rounds(4);
  return (v1 ^ v3) >>> 0;
}

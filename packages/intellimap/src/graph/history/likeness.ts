/** How much two texts have in common: Dice's coefficient of the tokens that they are made of, whatever their order. Pure. */

/** Hashes of a text's tokens, sorted. */
export type TokenBag = Int32Array;

/** Names and numbers, signs that belong together, single signs. */
const TOKEN = /[\p{ID_Continue}$#]+|[=!<>]=+|=>|&&|\|\||\?\?|\?\.|\.{3}|\+\+|--|[^\s]/gu;
const COMMENT = /\/\*[^]*?\*\/|(?<![:"'`\\/])\/\/[^\n]*/g;

/** Comments are left out, as far as that can be told without a parser: what remains of a string that looks like one is the same in both texts. */
export function tokensOf(text: string): string[] {
  return text.replace(COMMENT, ' ').match(TOKEN) ?? [];
}

export function bagOf(text: string): TokenBag {
  return Int32Array.from(tokensOf(text), hashOf).toSorted();
}

function hashOf(token: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < token.length; i++) h = Math.imul(h ^ token.charCodeAt(i), 0x01000193);
  return h;
}

/** 0 … 1: twice what both have, of what they have together. */
export function dice(a: TokenBag, b: TokenBag): number {
  if (a.length + b.length === 0) return 1;
  let both = 0;
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    if (a[i] === b[k]) {
      both++;
      i++;
      k++;
    } else if (a[i] < b[k]) i++;
    else k++;
  }
  return (2 * both) / (a.length + b.length);
}

/** The most that `dice` may be of texts of so many tokens. */
export const mostAlike = (a: number, b: number): number => (a + b === 0 ? 1 : (2 * Math.min(a, b)) / (a + b));

/** Pairs of neighbouring letters of a name, as a bag. */
export const bagOfPairs = (name: string): TokenBag =>
  Int32Array.from({ length: name.length + 1 }, (_, at) => hashOf(` ${name} `.slice(at, at + 2))).toSorted();

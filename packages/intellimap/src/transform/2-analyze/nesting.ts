/**
 * Is the text nested so deeply that parsing it would overflow the native stack, which ends the process?
 *
 * Measured with oxc 0.158 on an 8 MB stack: 4000 nested functions or 16000 parentheses do; worker threads have half of that. V8
 * itself gives up at some thousand levels, so nobody misses what is refused.
 */

export const DEEPEST = 1000;

export const nestedTooDeeply = (text: string): boolean =>
  // Brackets in strings and comments need not match: only a text that looks deep is worth taking them out.
  deeperThan(text, DEEPEST) &&
  deeperThan(text.replace(/\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, ''), DEEPEST);

function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > limit) return true;
        break;
      case 0x29:
      case 0x5d:
      case 0x7d:
        if (depth > 0) depth--;
        break;
      default:
    }
  }
  return false;
}

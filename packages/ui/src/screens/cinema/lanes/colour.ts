/** Which of the eight colours of lanes a module has: the same in every run, and on every machine. Pure. */

/** Colours `--k1` … `--k8`. */
export const COLOURS = 8;

const known = new Map<string, number>();

/** @returns 0 … 7 */
export function colourOf(module: string): number {
  let colour = known.get(module);
  if (colour === undefined) known.set(module, (colour = hashOf(module) % COLOURS));
  return colour;
}

/** FNV-1a, and a last mix: paths differ in few letters, of which the low bits alone would not tell much. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** Which origins a dev server lets in beside its own: as its CORS settings say. Pure. */

/** @param cors as Vite's `server.cors` and the package `cors` have it: a boolean, or `{ origin }` with a text, an expression, or a list of them */
export function originTest(cors: unknown): (origin: string) => boolean {
  if (cors === true) return () => true;
  if (typeof cors !== 'object' || cors === null) return () => false;
  const { origin: wanted } = cors as { origin?: unknown };
  return (origin) => [wanted].flat().some((each) => fits(each, origin));
}

function fits(wanted: unknown, origin: string): boolean {
  if (wanted === true || wanted === '*') return true;
  // A copy: one that is global remembers where it was.
  if (wanted instanceof RegExp) return new RegExp(wanted.source, wanted.flags.replace('g', '')).test(origin);
  return wanted === origin;
}

/** Groups what a source yields into arrays of at most `size`; each is handed over as soon as it is full. */
export async function* inChunks(source, size) {
  let chunk = [];
  for await (const entry of source) {
    chunk.push(entry);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** Yields pairs of two iterables until the shorter one ends. */
export function* zip(left, right) {
  const others = right[Symbol.iterator]();
  for (const entry of left) {
    const other = others.next();
    if (other.done) return;
    yield [entry, other.value];
  }
}

/** Map.groupBy, which Node 20 does not have. */
export function groupBy(source, keyOf) {
  const groups = new Map();
  for (const entry of source) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

/** Lists by key. Pure. */

/** Keys in the order in which they come first; of each what has it, in its order. */
export function groupedBy<K, V>(all: Iterable<V>, keyOf: (each: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const each of all) addTo(groups, keyOf(each), each);
  return groups;
}

export function addTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

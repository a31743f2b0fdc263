// Levenshtein distance: how many letters must be added, dropped or changed to turn one word into the
// other. Two ways to the same number.

/**
 * Straight from the definition. Each call opens three more, and the same pairs of rests are compared
 * over and over: 13,483 calls for two words of six letters.
 */
export function editDistance(a, b) {
  if (a === '') return b.length;
  if (b === '') return a.length;
  const change = editDistance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  const drop = editDistance(a.slice(1), b) + 1;
  const add = editDistance(a, b.slice(1)) + 1;
  return Math.min(change, drop, add);
}

/** Row by row over a table, remembering one row: 36 steps for two words of six letters. */
export function editDistanceByTable(a, b) {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = above[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, above[column] + 1, current[column - 1] + 1));
    }
    above = current;
  }
  return above[b.length];
}

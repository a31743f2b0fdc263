/** Two lists whose order says something → pairs that keep it, with the highest sum of scores. Pure. */

/**
 * Dynamic programming (Needleman and Wunsch 1970, without a penalty for gaps): time and memory are `olds` × `news`.
 * @param score 0: the two are no pair
 * @returns pairs of indices, ascending
 */
export function aligned(
  olds: number,
  news: number,
  score: (old: number, now: number) => number,
): [number, number][] {
  if (olds === 1 && news === 1) return score(0, 0) > 0 ? [[0, 0]] : [];
  const width = news + 1;
  const best = new Float64Array((olds + 1) * width);
  const scores = new Float64Array(olds * news);
  // From the end, so that among equals the first ones are paired.
  for (let i = olds - 1; i >= 0; i--)
    for (let k = news - 1; k >= 0; k--) {
      const here = (scores[i * news + k] = score(i, k));
      const paired = here > 0 ? here + best[(i + 1) * width + k + 1] : 0;
      best[i * width + k] = Math.max(paired, best[(i + 1) * width + k], best[i * width + k + 1]);
    }
  const pairs: [number, number][] = [];
  for (let i = 0, k = 0; i < olds && k < news;) {
    const here = scores[i * news + k];
    if (here > 0 && best[i * width + k] === here + best[(i + 1) * width + k + 1]) pairs.push([i++, k++]);
    else if (best[i * width + k] === best[(i + 1) * width + k]) i++;
    else k++;
  }
  return pairs;
}

/** The value that would be at index `k` if the array were sorted; reorders the array. Hoare's selection, O(n). */
export function selectNth(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = medianOfThree(values, low, high);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j]!;
      values[j--] = value;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

function medianOfThree(values: Float64Array, low: number, high: number): number {
  const [a, b, c] = [values[low], values[(low + high) >> 1], values[high]];
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

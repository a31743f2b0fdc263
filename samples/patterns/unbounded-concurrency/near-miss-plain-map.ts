// Nothing waits: the values are there.
export async function rounded(values: number[]) {
  return await Promise.all(values.map((value) => Math.round(value)));
}

// What is given is called at once, and not kept.
export function each(values: number[], callbacks: ((value: number) => void)[]) {
  for (const value of values) for (const callback of callbacks) callback(value);
}

export function f(x: number): number {
  return x * 2;
}

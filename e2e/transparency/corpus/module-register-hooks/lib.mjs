export function f(x) {
  return x;
}

export function lazily(n) {
  return n + 1;
}

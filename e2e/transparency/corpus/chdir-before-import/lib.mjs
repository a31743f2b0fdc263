export function f() {
  return 'f';
}

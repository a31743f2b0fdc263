export function f() {
  return 'BEFORE ' + new Error().stack.split('\n')[1].replace(/.*[/]/, '');
}

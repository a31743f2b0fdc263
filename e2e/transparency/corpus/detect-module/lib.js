export function f(x) {
  return [x, new Error('x').stack.split('\n')[1].replace(/.*[/]/, '')];
}

interface A { n: number }

export function outer(a: A): number {
  return inner(a.n);
}

function inner(n: number): number {
  throw new Error('inner ' + n);
}

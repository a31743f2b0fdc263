// Kinds of errors, which it throws.
export function fail(status: number): never {
  if (status === 404) throw new RangeError('not found');
  throw new TypeError('wrong');
}

// `next` is the element after this one.
export const pipe = (functions: ((value: number) => number)[]) => (start: number) =>
  functions.reduce((value, next) => next(value), start);

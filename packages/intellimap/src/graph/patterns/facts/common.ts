/** What the language itself calls its methods. */

/** Names that objects of the language have: a call of one says nothing of a class that has the same. */
export const COMMON: ReadonlySet<string> = new Set(
  [Array, Map, Set, String, Number, RegExp, Date, Function, Object, WeakMap].flatMap((each) => [
    ...Object.getOwnPropertyNames(each.prototype),
    ...Object.getOwnPropertyNames(each),
  ]),
);

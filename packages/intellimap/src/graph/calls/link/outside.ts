/** What is called of a host or of packages that are not looked at. */

/** `node:fs/promises` → `fs/promises`: names of what comes from outside begin with it. */
export const outsideName = (specifier: string): string =>
  specifier.replace(/^node:/, '').replaceAll('.', '_');

/** Functions that give back what they are given, called or not: name → which argument. */
export const GIVE_BACK: ReadonlyMap<string, number> = new Map([
  ['Object.freeze', 0], ['Object.seal', 0], ['Object.preventExtensions', 0], ['Object', 0], ['Promise.resolve', 0], ['Promise.all', 0],
  ['Promise.race', 0], ['Promise.any', 0], ['Promise.allSettled', 0], ['util.promisify', 0], ['util.callbackify', 0], ['util.deprecate', 0], ['async_hooks.AsyncResource.bind', 0],
  ['Array.of', 0], ['structuredClone', 0], ['Object.getOwnPropertyDescriptors', 0],
]); // prettier-ignore

/** Methods of lists and the like that call what they are given before they return: name → which argument. */
export const CALL_AT_ONCE: ReadonlyMap<string, number> = new Map([
  ['forEach', 0], ['map', 0], ['flatMap', 0], ['filter', 0], ['find', 0], ['findIndex', 0], ['findLast', 0], ['findLastIndex', 0], ['some', 0], ['every', 0],
  ['reduce', 0], ['reduceRight', 0], ['sort', 0], ['toSorted', 0], ['replace', 1], ['replaceAll', 1], ['computeIfAbsent', 1], ['run', 0],
]); // prettier-ignore

/** Of promises: called in a turn of its own. */
export const CALL_LATER: ReadonlyMap<string, readonly number[]> = new Map([
  ['then', [0, 1]],
  ['catch', [0]],
  ['finally', [0]],
]);

export const LISTEN: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener']); // prettier-ignore
export const TELL: ReadonlySet<string> = new Set(['emit']);

/** Functions of the host that call what they are given before they return: name → which argument. */
export const HOST_CALLS_AT_ONCE: ReadonlyMap<string, number> = new Map([
  ['Promise', 0], ['Array.from', 1], ['JSON.parse', 1], ['JSON.stringify', 1], ['Object.groupBy', 1], ['Map.groupBy', 1], ['Array.fromAsync', 1],
]); // prettier-ignore

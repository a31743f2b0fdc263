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

/** Functions of the language and of Node that call nothing of what they are given. Those that hold it are not among them: others may call what they find there. */
const CALL_NOTHING: ReadonlySet<string> = new Set(Object.entries({
  Array: ['isArray'],
  Buffer: ['isBuffer', 'isEncoding', 'byteLength', 'from'],
  Number: ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger', 'parseFloat', 'parseInt'],
  Object: [
    'entries', 'freeze', 'fromEntries', 'getOwnPropertyDescriptor', 'getOwnPropertyDescriptors', 'getOwnPropertyNames', 'getOwnPropertySymbols', 'getPrototypeOf', 'hasOwn', 'is',
    'isExtensible', 'isFrozen', 'isSealed', 'keys', 'preventExtensions', 'seal', 'values',
  ],
  Promise: ['reject', 'resolve'],
  Reflect: ['deleteProperty', 'get', 'getOwnPropertyDescriptor', 'getPrototypeOf', 'has', 'isExtensible', 'ownKeys', 'preventExtensions'],
  console: ['assert', 'debug', 'dir', 'dirxml', 'error', 'group', 'groupCollapsed', 'info', 'log', 'table', 'trace', 'warn'],
  assert: [
    'deepEqual', 'deepStrictEqual', 'equal', 'fail', 'ifError', 'notDeepEqual', 'notDeepStrictEqual', 'notEqual', 'notStrictEqual', 'ok', 'partialDeepStrictEqual', 'strict', 'strictEqual',
  ],
  util: ['format', 'formatWithOptions', 'inspect', 'isArray', 'isDeepStrictEqual'],
}).flatMap(([from, names]) => names.map((name) => `${from}.${name}`))); // prettier-ignore
const CALL_NOTHING_THEMSELVES: ReadonlySet<string> = new Set(['Boolean', 'Object', 'assert', 'assert/strict', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'structuredClone']); // prettier-ignore
/** Methods of lists, maps and objects, whoever has them. */
const LOOK_ONLY: ReadonlySet<string> = new Set(['has', 'hasOwnProperty', 'includes', 'indexOf', 'isPrototypeOf', 'lastIndexOf', 'propertyIsEnumerable']); // prettier-ignore

/**
 * Whether what is handed over is only looked at.
 * @param words of what is called
 * @param name of the method
 */
export const callsNothing = (words: string, name: string): boolean =>
  CALL_NOTHING_THEMSELVES.has(words) ||
  CALL_NOTHING.has(words.replace(/^assert\/strict\./, 'assert.')) ||
  LOOK_ONLY.has(name) ||
  words.startsWith('util/types.');

/** Calls of functions that the program has: by name, and through natives that call back. */
import { inline, roomOf, spend } from './functions.mjs';

/** @returns {import('./functions.mjs').Callee | undefined} one that there is room for */
export function someCallee(ctx, wanted = () => true) {
  const room = roomOf(ctx);
  const fit = ctx.g.callees.filter((callee) => callee.cost <= room && wanted(callee));
  return fit.length === 0 ? undefined : ctx.g.random.pick(fit);
}

const isPlain = (callee) => !callee.isAsync && !callee.isGenerator;
export const isPromising = (callee) => callee.isAsync && !callee.isGenerator;
export const isSyncGenerator = (callee) => !callee.isAsync && callee.isGenerator;
export const isAsyncGenerator = (callee) => callee.isAsync && callee.isGenerator;

/** A call of a plain function, with whatever its caller has to tell. */
export function plainCall(ctx) {
  const callee = someCallee(ctx, isPlain);
  return callee ? callText(ctx, callee) : '1';
}

/** @returns {string} an expression; for async functions its promise, for generators the generator */
export function callText(ctx, callee) {
  const { g } = ctx;
  spend(ctx, callee.cost);
  const { fn, how, form, ref } = callee;
  const value = ctx.depth > 4 ? 'p' : g.small({ ...ctx, depth: ctx.depth + 1 });
  if (form === 'get') return how === 'leaf' ? `T.leaf(${fn}, ${ref})` : ref;
  if (form === 'set') return how === 'leaf' ? `T.leaf(${fn}, (${ref} = ${value}))` : `(${ref} = ${value})`;
  if (form === 'new')
    return told(callee, `new ${ref}(${value}${how === 'silent' ? `, T.enter(${fn})` : ''})`);
  // A generator's call begins when it is asked for its first value.
  if (callee.isGenerator) return `T.made(${ref}(${value}, T.token()))`;
  if (how === 'leaf') return `T.leaf(${fn}, ${ref}(${value}))`;
  if (callee.isAsync) return `T.ran(${ref}(${value}, T.token()))`;
  const more = how === 'silent' ? `, T.enter(${fn})` : '';
  return told(callee, g.random.pick([
    () => `${ref}(${value}${more})`,
    () => `${ref}(${value}${more})`,
    () => `${ref}(${value}${more})`,
    () => `${ref}?.(${value}${more})`,
    () => `Reflect.apply(${ref}, ${callee.owner ?? 'null'}, [${value}${more}])`,
    () => `${ref}.call(${callee.owner ?? 'null'}, ${value}${more})`,
    () => (how === 'silent' ? `${ref}(${value}${more})` : `${ref}\`a\${${value}}b\``),
  ])()); // prettier-ignore
}

const told = ({ how, fn }, text) =>
  how === 'silent' ? `T.left(${fn}, ${text})` : how === 'leaf' ? `T.leaf(${fn}, ${text})` : text;

/** Natives that call a function, and let its exceptions pass: text, and how often they call at most. */
const NATIVES = [
  [3, (f) => `[1, 2, 3].map(${f})`],
  [2, (f) => `[1, 2].forEach(${f})`],
  [2, (f) => `[1, 2].flatMap(${f})`],
  [3, (f) => `[1, 2, 3].reduce(${f})`],
  [3, (f) => `[1, 2, 3].some(${f})`],
  [3, (f) => `[2, 1, 3].find(${f})`],
  [6, (f) => `[3, 1, 2].sort(${f})`],
  [2, (f) => `'ab'.replace(/./g, ${f})`],
  [2, (f) => `Array.from({ length: 2 }, ${f})`],
  [3, (f) => `JSON.parse('[1, 2]', ${f})`],
  [1, (f) => `JSON.stringify({ toJSON: ${f} })`],
  [1, (f) => `('a' in new Proxy({}, { has: ${f} }))`],
  [1, (f) => `Object.defineProperty({}, 'a', { get: ${f} }).a`],
  [2, (f) => `new Map([[1, 1], [2, 2]]).forEach(${f})`],
  [2, (f) => `new Uint8Array(2).map(${f})`],
  [1, (f) => `Reflect.apply(${f}, null, [1])`],
  [1, (f) => `${f}.bind(null, 1)()`],
]; // prettier-ignore

export function nativeCall(ctx) {
  const [times, text] = ctx.g.random.pick(NATIVES);
  if (ctx.depth > 3 || roomOf(ctx) < times * 4) return '1';
  const inner = { ...ctx, times: ctx.times * times };
  const { text: callback, fact } = inline(inner, { isAsync: ctx.g.random.chance(15) });
  spend(inner, fact.cost);
  // The native does not say when the synchronous part is over.
  return text(fact.isAsync ? `T.marked(${callback})` : callback);
}

/** A function that is called where it stands. */
export function calledInPlace(ctx) {
  if (ctx.depth > 3 || roomOf(ctx) < 4) return '1';
  const { text, fact } = inline(ctx);
  spend(ctx, fact.cost);
  return `${text}(${ctx.g.random.below(5)})`;
}

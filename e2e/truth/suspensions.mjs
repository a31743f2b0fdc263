/** Where a function gives up the stack: `await` and `yield` in the ways they are written, and what there is to wait for. */
import { callText, isAsyncGenerator, isPromising, isSyncGenerator, someCallee } from './calls.mjs';
import { define, inline, roomOf, special, spend } from './functions.mjs';

/** A callback for a queue, which calls it through something that tells of the turn. */
function queued(ctx, wrapper) {
  if (ctx.depth > 3 || roomOf(ctx) < 6) return 'undefined';
  const { text, fact } = inline(ctx, { isAsync: ctx.g.random.chance(30) });
  spend(ctx, fact.cost);
  return `T.${wrapper}(${text})`;
}

export function promise(ctx) {
  const { random } = ctx.g;
  const callee = someCallee(ctx, isPromising);
  const one = () => (callee ? callText(ctx, callee) : 'Promise.resolve(2)');
  if (ctx.depth > 4) return one();
  const next = { ...ctx, depth: ctx.depth + 1 };
  return random.pick([
    one,
    one,
    one,
    () => 'Promise.reject(T.fault())',
    () => `Promise.resolve(${ctx.g.small(next)})`,
    () => `Promise.${random.pick(['all', 'race', 'allSettled', 'any'])}([${promise(next)}, ${promise(next)}])`,
    () => `${promise(next)}.then(${queued(next, 'turn')})`,
    () => `${promise(next)}.then(${queued(next, 'turn')}, ${queued(next, 'turn')}).finally(${queued(next, 'turn')})`,
    () => `${promise(next)}.catch(${queued(next, 'turn')})`,
    () => or('Promise.resolve(1)', queued(next, 'executor'), (callback) => `new Promise(${callback})`),
  ])(); // prettier-ignore
}

const awaited = (ctx) =>
  ctx.g.random.pick([
    () => promise(ctx),
    () => promise(ctx),
    () => ctx.g.small(ctx),
    () => or('3', queued(ctx, 'thenable')),
  ])();

const or = (otherwise, callback, text = String) => (callback === 'undefined' ? otherwise : text(callback));

const inside = (ctx) => ({ ...ctx, depth: ctx.depth + 1 });

export function awaitExpression(ctx) {
  const { id } = ctx;
  const value = `T.off(${id}, ${awaited(inside(ctx))})`;
  return ctx.g.random.pick([
    () => `T.back(${id}, await ${value})`,
    () => `T.back(${id}, await ${value})`,
    () => `Object.is.call(T.back(${id}, await ${value}), 1, 2)`,
    () => `[(await ${value})].at(T.back(${id}, 0))`,
  ])();
}

/** As statements of their own, V8 and the recorder see other shapes. */
export function awaitStatement(ctx) {
  const { id, g } = ctx;
  const value = `T.off(${id}, ${awaited(inside(ctx))})`;
  const name = g.name();
  return g.random.pick([
    () => `await ${value}; T.back(${id});`,
    () => `const ${name} = await ${value}; T.back(${id});`,
    () => `const { name: ${name} = 1, ...${name}r } = Object(T.back(${id}, await ${value}));`,
    () => `{ const q = ${awaited(inside(ctx))};\nT.off(${id});\nawait q;\nT.back(${id}); }`,
    () => `{ const { x } = await T.off(${id}, Promise.resolve({ x: 1 })); T.back(${id}); }`,
    () => `(await T.off(${id}, Promise.resolve([1]))).at(T.back(${id}, 0));`,
    () => (g.strict ? readOfAwaited(ctx) : ';'),
  ])();
}

/** A property that runs code is read before the recorder knows that the function is back. */
function readOfAwaited(ctx) {
  const { id, g } = ctx;
  const fact = Object.assign(define(g, 'getter', 'guarded'), { room: 8 });
  const getter = special(g, fact, 'get x()', { before: `let p = 1;\nT.early(${id});\n` });
  spend(ctx, fact.cost);
  return `{ const { x } = await T.off(${id}, { ${getter} }); T.caught(${id}); }`;
}

export function yieldExpression(ctx) {
  const { id, g } = ctx;
  const value = g.small(inside(ctx));
  return g.random.chance(25) ? delegation(ctx) : `T.again(${id}, yield T.yields(${id}, ${value}))`;
}

export function yieldStatement(ctx) {
  const { id, g } = ctx;
  const value = g.small(inside(ctx));
  return g.random.pick([
    () => `yield T.yields(${id}, ${value}); T.again(${id});`,
    () => `const ${g.name()} = yield T.yields(${id}, ${value}); T.again(${id});`,
    () => `T.yields(${id}); yield; T.again(${id});`,
    () => `${delegation(ctx)};`,
  ])();
}

function delegation(ctx) {
  const { id, isAsync } = ctx;
  const callee = someCallee(ctx, isAsync ? isAsyncGenerator : isSyncGenerator);
  const target = callee ? callText(ctx, callee) : '[1, 2]';
  const watched = callee?.how === 'bare' ? `T.watch(${target})` : target;
  // An array tells nothing; an async generator awaits what the other one gives.
  const op = !callee ? 'yields' : isAsync ? 'loops' : 'delegates';
  return `T.again(${id}, yield* T.${op}(${id}, ${watched}))`;
}

/** Something that a queue calls later, at the latest after a millisecond. */
export function later(ctx) {
  const callback = queued(ctx, 'timer');
  if (callback === 'undefined') return ';';
  return ctx.g.random.pick([
    `setTimeout(${callback}, 1);`,
    `setImmediate(${callback});`,
    `process.nextTick(${callback});`,
    `queueMicrotask(${callback});`,
  ]);
}

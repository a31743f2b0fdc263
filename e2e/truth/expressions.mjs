/** Random expressions. Each may call, throw and suspend as far as the function around it can. */
import { callText, calledInPlace, isSyncGenerator, nativeCall, plainCall, someCallee } from './calls.mjs';
import { classExpression } from './classes.mjs';
import { promise, awaitExpression, yieldExpression } from './suspensions.mjs';

export function expression(ctx) {
  const { g, id } = ctx;
  if (ctx.depth > 4) return g.random.pick(['p', '1', 'n']);
  const next = { ...ctx, depth: ctx.depth + 1 };
  const options = [
    plainCall, plainCall, plainCall, plainCall, nativeCall, nativeCall, calledInPlace, iterated, classExpression,
    () => `(${expression(next)}, ${expression(next)})`,
    () => `[${expression(next)}, ${expression(next)}].length`,
    () => `(n++ % 2 ? ${expression(next)} : ${expression(next)})`,
    () => `(${expression(next)} && ${expression(next)})`,
    () => `(${expression(next)} ?? ${expression(next)})`,
    () => `({ a: ${expression(next)}, ...${expression(next)} }).a`,
    () => `\`\${typeof ${expression(next)}}\``,
    () => `String(${expression(next)} === 1)`,
    promise,
    small,
  ]; // prettier-ignore
  if (id && ctx.isAsync)
    options.push(awaitExpression, awaitExpression, awaitExpression, awaitExpression, awaitExpression);
  if (id && ctx.isGenerator) options.push(yieldExpression, yieldExpression, yieldExpression, yieldExpression);
  return g.random.pick(options)(next);
}

/** Mostly a plain value. */
export function small(ctx) {
  const { random } = ctx.g;
  return ctx.depth > 4 || random.chance(80)
    ? random.pick(['p', '1', '2', 'n', '[1]', '"s"', 'undefined', 'null'])
    : expression(ctx);
}

/** A call that does not throw, nor do its arguments. */
export function leafCall(ctx) {
  const callee = someCallee(ctx, ({ how, form }) => how === 'leaf' && form === 'call');
  return callee ? callText({ ...ctx, depth: 9 }, callee) : '1';
}

/** A generator that natives drive to its end, or leave early. */
function iterated(ctx) {
  const callee = someCallee(ctx, isSyncGenerator);
  if (!callee) return '1';
  const made = callText(ctx, callee);
  const watched = callee.how === 'bare' ? `T.watch(${made})` : made;
  return ctx.g.random.pick([
    `[...${watched}].length`,
    `([z] = ${watched})`,
    `Math.max(...${watched}, 1)`,
    `Array.from(${watched}).length`,
    `new Set(${watched}).size`,
    `${made}.next().done`,
    `${watched}.return(1).done`,
  ]);
}

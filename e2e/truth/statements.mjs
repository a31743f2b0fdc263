/** Random statements. */
import { callText, calledInPlace } from './calls.mjs';
import { declaration, define, roomOf } from './functions.mjs';
import { asyncIteration, iteration, loop } from './loops.mjs';
import { awaitStatement, later, promise, yieldStatement } from './suspensions.mjs';

/** The code of a body or block. */
export function statements(ctx) {
  // A try around nothing, and a clause that calls nothing, show nothing.
  const least = ctx.depth === 0 ? 2 : ctx.isBusy ? 1 : 0;
  const count = least + ctx.g.random.below(ctx.depth === 0 ? 4 : 3);
  const list = Array.from({ length: count }, () => statement(ctx));
  if (ctx.depth === 0 && ctx.isGenerator && ctx.g.random.chance(60)) list.unshift(failingClose(ctx));
  return list.join('\n');
}

const block = (ctx) => `{\n${statements({ ...ctx, depth: ctx.depth + 1 })}\n}`;

function statement(ctx) {
  const { g, id } = ctx;
  if (ctx.depth > 3) return `void ${g.expression(ctx)};`;
  const options = [
    calls,
    calls,
    calls,
    calls,
    condition,
    declared,
    destructured,
    nested,
    loop,
    iteration,
    iteration,
    leave,
    leave,
    (c) => `void ${promise(c)};`,
  ];
  if (id) options.push(attempt, attempt, attempt, recursion, later);
  if (id && ctx.isAsync)
    options.push(awaitStatement, awaitStatement, awaitStatement, asyncIteration, asyncIteration);
  if (id && ctx.isGenerator) options.push(yieldStatement, yieldStatement, yieldStatement);
  return g.random.pick(options)(ctx);
}

const calls = (ctx) => `void ${ctx.g.expression(ctx)};`;
const declared = (ctx) => `let ${ctx.g.name()} = ${ctx.g.expression(ctx)};`;
const destructured = (ctx) =>
  `const { a: ${ctx.g.name()} = ${ctx.g.expression(ctx)}, ...${ctx.g.name()} } = { b: 1 };`;
const condition = (ctx) => `if (n++ % ${2 + ctx.g.random.below(2)} === 0) ${block(ctx)} else ${block(ctx)}`;

/** A function of its own, declared in the middle of another. */
function nested(ctx) {
  const { g } = ctx;
  if (ctx.depth > 1 || roomOf(ctx) < 8) return `void ${calledInPlace(ctx)};`;
  const fact = define(g, 'function', g.random.pick(['guarded', 'bare', 'silent', 'leaf']));
  fact.room = Math.floor(roomOf(ctx) / 3);
  const ref = `h${fact.fn}`;
  const text = declaration(g, fact, ref);
  const callee = { ...fact, form: 'call', ref };
  return `${text}\nvoid ${callText(ctx, callee)};\nvoid ${callText(ctx, callee)};`;
}

/** Itself, some times. */
function recursion(ctx) {
  const { fact } = ctx;
  if (!fact.ref || fact.isRecursive || ctx.times > 1 || fact.isAsync || fact.isGenerator) return calls(ctx);
  fact.isRecursive = true;
  const { fn, ref } = fact;
  const call = fact.how === 'silent' ? `T.left(${fn}, ${ref}(p - 1, T.enter(${fn})))` : `${ref}(p - 1)`;
  return `if (p > 0 && p < 4) void ${call};`;
}

function attempt(ctx) {
  const { id, g } = ctx;
  const caught = `T.caught(${id});\n`;
  const late = { ...ctx, isLate: true };
  const body = (c) => block({ ...c, isBusy: true });
  const clause = (c) => `{ ${caught}${body(c)} }`;
  /** One way out, given up for another. */
  const overruled = () =>
    `try {\n${leave(late)}\n${fails(late)}\n} finally { ${caught}${statements(inner)}\n${leave(ctx)} }`;
  const inner = { ...ctx, depth: ctx.depth + 1 };
  return g.random.pick([
    () => `try ${body(ctx)} catch (e) ${clause(ctx)}`,
    () => `try ${body(ctx)} catch ${clause(ctx)}`,
    () => `try ${body(ctx)} catch (e) { ${caught}${g.random.pick(['throw e;', 'if (n++ % 2) throw e;'])} }`,
    () => `try ${body(late)} catch ({ message }) ${clause(late)} finally ${clause(ctx)}`,
    () => `try ${body(late)} finally ${clause(ctx)}`,
    () => `try ${body(late)} finally ${clause(ctx)}`,
    () => `try { throw T.error(); } catch (e) ${clause(ctx)}`,
    overruled,
    overruled,
  ])();
}

/** Whoever leaves a loop over this generator may be left by an exception instead. */
const failingClose = (ctx) =>
  `try {\n${yieldStatement(ctx)}\n} finally { T.caught(${ctx.id});\n${statements({ ...ctx, depth: 2 })}\nif (n++ % 2) throw T.error(); }`;

/** What may end the block it is in: an exception, a rejection, a consumer that asks for no more. */
export function fails(ctx) {
  const { g, id } = ctx;
  if (ctx.isGenerator) return yieldStatement(ctx);
  if (!ctx.isAsync) return `if (n++ % 2) throw T.error();`;
  const rejected = g.random.pick(['Promise.reject(T.fault())', '(n++ % 2 ? Promise.reject(T.fault()) : 1)']);
  return `await T.off(${id}, ${rejected}); T.back(${id});`;
}

/** Ways out. */
export function leave(ctx) {
  const { g, labels } = ctx;
  const options = [() => 'if (n++ % 3 === 0) throw T.error();'];
  if (labels.length > 0) {
    const target = g.random.pick(labels);
    options.push(
      () => `break ${target};`,
      () => `if (n++ % 2) continue ${target};`,
      () => `if (n++ % 2) break ${target};`,
    );
  }
  if (ctx.mayReturn && (!ctx.isLate || mayReturnLate(ctx)))
    options.push(
      () => `if (n++ % 3 === 0) ${back(ctx)}`,
      () => `if (n++ % 3 === 0) ${back(ctx)}`,
    );
  return g.random.pick(options)();
}

/** Where the return is not the end, `T.out` would be told too soon; async functions have a promise that tells. */
const mayReturnLate = ({ fact }) => fact.how !== 'bare' || (fact.isAsync && !fact.isGenerator);

function back(ctx) {
  const { fact, g, id } = ctx;
  const isBare = fact.how === 'bare';
  if (isBare && ctx.isLate) return 'return n;';
  const given = (value) => (fact.isAsync && fact.isGenerator ? `T.off(${id}, ${value})` : value);
  if (ctx.isVoid || g.random.chance(20)) return isBare ? `{ T.out(${id}); return; }` : 'return;';
  if (isBare) return `return T.out(${id}, ${g.expression(ctx)});`;
  return g.random.chance(20) && !fact.isGenerator ? 'return 1;' : `return ${given(g.expression(ctx))};`;
}

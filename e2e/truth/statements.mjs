/** Random statements. */
import { callText, calledInPlace } from './calls.mjs';
import { declaration, define, roomOf } from './functions.mjs';
import { asyncIteration, iteration, loop } from './loops.mjs';
import { awaitStatement, later, promise, yieldStatement } from './suspensions.mjs';

/** The code of a body or block. */
export function statements(ctx) {
  const count = ctx.depth === 0 ? 2 + ctx.g.random.below(4) : ctx.g.random.below(3);
  return Array.from({ length: count }, () => statement(ctx)).join('\n');
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
  return `if (p > 0 && p < 4) void ${fact.ref}(p - 1);`;
}

function attempt(ctx) {
  const { id, g } = ctx;
  const caught = `T.caught(${id});\n`;
  const late = { ...ctx, isLate: true };
  const clause = (c) => `{ ${caught}${block(c)} }`;
  return g.random.pick([
    () => `try ${block(ctx)} catch (e) ${clause(ctx)}`,
    () => `try ${block(ctx)} catch ${clause(ctx)}`,
    () => `try ${block(ctx)} catch (e) { ${caught}${g.random.pick(['throw e;', `if (n++ % 2) throw e;`])} }`,
    () => `try ${block(late)} catch ({ message }) ${clause(late)} finally ${clause(ctx)}`,
    () => `try ${block(late)} finally ${clause(ctx)}`,
    () => `try { throw T.error(); } catch (e) ${clause(ctx)}`,
  ])();
}

/** Ways out. */
function leave(ctx) {
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
  if (ctx.mayReturn && (!ctx.isLate || ctx.fact.how === 'guarded'))
    options.push(
      () => `if (n++ % 3 === 0) ${back(ctx)}`,
      () => `if (n++ % 3 === 0) ${back(ctx)}`,
    );
  return g.random.pick(options)();
}

function back(ctx) {
  const { fact, g, id } = ctx;
  const isBare = fact.how === 'bare';
  const given = (value) => (fact.isAsync && fact.isGenerator ? `T.off(${id}, ${value})` : value);
  if (ctx.isVoid || g.random.chance(20)) return isBare ? `{ T.out(${id}); return; }` : 'return;';
  if (isBare) return `return T.out(${id}, ${g.expression(ctx)});`;
  return g.random.chance(20) && !fact.isGenerator ? 'return 1;' : `return ${given(g.expression(ctx))};`;
}

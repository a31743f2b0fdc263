/** Loops with exits of every kind, over generators too, which are closed when they are left early. */
import { callText, isAsyncGenerator, isSyncGenerator, someCallee } from './calls.mjs';

const within = (ctx, label, times, more = {}) => ({
  ...ctx,
  labels: [...ctx.labels, label],
  times: ctx.times * times,
  depth: ctx.depth + 1,
  ...more,
});

export function loop(ctx) {
  const label = ctx.g.label();
  const i = ctx.g.name();
  const inner = within(ctx, label, 2);
  return ctx.g.random.pick([
    () => `${label}: for (let ${i} = 0; ${i} < 2; ${i}++) {\n${ctx.g.statements(inner)}\n}`,
    () => `${label}: for (const ${i} of [1, 2]) {\n${ctx.g.statements(inner)}\n}`,
    () => `${label}: for (const ${i} in { a: 1, b: 2 }) {\n${ctx.g.statements(inner)}\n}`,
    () => `let ${i} = 0;\n${label}: while (${i}++ < 2) {\n${ctx.g.statements(inner)}\n}`,
    () => `let ${i} = 0;\n${label}: do {\n${ctx.g.statements(inner)}\n} while (${i}++ < 1);`,
  ])();
}

/** Yields of a generator are bounded by the cost that it says. */
const ROUNDS = 4;

export function iteration(ctx) {
  const { g } = ctx;
  const callee = someCallee(ctx, isSyncGenerator);
  if (!callee) return loop(ctx);
  const made = callText(ctx, callee);
  const watched = callee.how === 'bare' ? `T.watch(${made})` : made;
  if (g.random.chance(40)) return byHand(ctx, callee, made, watched);
  const label = g.label();
  // Closing comes after a return was evaluated: only guarded functions return from here.
  const inner = within(ctx, label, ROUNDS, { isLate: true });
  const head = `const ${g.name()} of ${watched}`;
  return `${label}: for (${head}) {\n${g.statements(inner)}\n${g.leave(inner)}\n}`;
}

function byHand(ctx, callee, made, watched) {
  const { g } = ctx;
  const it = g.name();
  const step = () =>
    g.random.pick([
      `${it}.next(1)`,
      `${it}.next(2)`,
      `${it}.next(1)`,
      `${it}.return(3)`,
      `${it}.throw(T.fault())`,
    ]);
  const steps = Array.from({ length: 1 + g.random.below(3) }, () => `void ${step()};`);
  const code = `const ${it} = ${steps.some((s) => /return|throw/.test(s)) ? watched : made};\n${steps.join('\n')}`;
  return ctx.id ? `try {\n${code}\n} catch (e) { T.caught(${ctx.id}); }` : `{\n${code}\n}`;
}

export function asyncIteration(ctx) {
  const { g } = ctx;
  const callee = someCallee(ctx, isAsyncGenerator);
  if (callee && g.random.chance(40)) return asyncByHand(ctx, callee);
  // An array's iterator runs nothing that could tell.
  if (!callee || g.random.chance(20)) return forAwait(ctx, '[Promise.resolve(1), 2]', 'off');
  return forAwait(ctx, callText(ctx, callee), 'loops');
}

function forAwait(ctx, iterable, op) {
  const { g, id } = ctx;
  const label = g.label();
  const x = g.name();
  const inner = within(ctx, label, ROUNDS, { isLate: true });
  // Without a try the log bears no exception of a call; a rejection finds it suspended, and so it may come.
  const rejection = g.random.chance(50) ? `\n${g.fails({ ...ctx, isGenerator: false })}\n` : `void ${x}; `;
  if (g.random.chance(30)) {
    const open = `{ T.back(${id}); ${rejection}T.${op}(${id}); }`;
    return `${label}: for await (const ${x} of T.${op}(${id}, ${iterable})) ${open}\nT.back(${id});`;
  }
  const body = `{ T.back(${id}); try {\n${g.statements(inner)}\n} finally { T.caught(${id}); T.${op}(${id}); } }`;
  return `try {\n${label}: for await (const ${x} of T.${op}(${id}, ${iterable})) ${body}\n} finally { T.caught(${id}); }`;
}

function asyncByHand(ctx, callee) {
  const { g, id } = ctx;
  const it = g.name();
  const step = () =>
    g.random.pick([
      `${it}.next(T.will(1))`,
      `${it}.next(T.will(2))`,
      `${it}.return(T.will(3))`,
      `${it}.throw(T.will(T.fault()))`,
    ]);
  const one = () =>
    g.random.pick([
      () => `void T.did(${step()});`,
      () => `T.back(${id}, await T.off(${id}, T.did(${step()})));`,
    ])();
  const steps = Array.from({ length: 1 + g.random.below(4) }, one);
  return `const ${it} = ${callText(ctx, callee)};\ntry {\n${steps.join('\n')}\n} catch (e) { T.caught(${id}); }`;
}

/**
 * The text of one function. How it tells of itself:
 *
 *   guarded   a try around its body, which tells of every way to leave it
 *   bare      no try: `T.out` in each return, and who catches an exception tells the rest (a try may hide faults of shapes without)
 *   silent    neither its beginning nor its end: its caller does, and gives it its id
 *   leaf      nothing, and it calls nothing
 */

/** @typedef {{ fn: number, how: string, isAsync: boolean, isGenerator: boolean, form: string, ref: string, cost: number }} Callee */

/** What code inside of a function may do. */
export function contextOf(g, fact, more = {}) {
  return {
    g,
    fact,
    id: fact.how === 'silent' ? 't' : `$${fact.fn}`,
    isAsync: fact.isAsync,
    isGenerator: fact.isGenerator,
    depth: 0,
    /** Labels and loops that a jump may name. */
    labels: [],
    /** How often the code at hand runs in one call, at most. */
    times: 1,
    /** A return would not be the end of it: only guarded functions may. */
    isLate: false,
    /** Modules and static blocks do not. */
    mayReturn: true,
    /** A constructor returns nothing. */
    isVoid: false,
    ...more,
  };
}

/** A new function: its number, and what others need to know. */
export function define(g, kind, how, { isAsync = false, isGenerator = false } = {}) {
  const fact = { fn: g.functions.length, kind, how, isAsync, isGenerator, cost: 1 };
  g.functions.push(fact);
  return fact;
}

/** Its place in the text is found by this mark. */
export const mark = ({ fn }) => `/*@${fn}*/`;

/** The statements of a body around `code`. */
export function bodyOf(fact, code) {
  const id = `$${fact.fn}`;
  if (fact.how === 'silent' || fact.how === 'leaf') return code;
  const begin = `const ${id} = T.in(${fact.fn}${fact.hasToken ? ', t' : ''});`;
  if (fact.how === 'bare') return `${begin}\n${code}\nT.out(${id});`;
  return `${begin} try {\n${code}\n} catch (e) { T.caught(${id}); T.fails(${id}); throw e; } finally { T.end(${id}); }`;
}

/** Parameters: the value, the token or what `T.enter` gave, and at times one whose default runs code of the caller. */
function parametersOf(g, fact) {
  fact.hasToken = true;
  if (fact.how === 'silent' || fact.how === 'leaf' || !g.random.chance(15)) return 'p, t';
  // Such code belongs to the caller, and what it throws is thrown before there is a call.
  const outside = contextOf(g, { ...fact }, { id: null, isAsync: false, isGenerator: false });
  // A generator's runs when it is made; the log would lose a generator whose making fails.
  const value = fact.isGenerator ? g.leafCall(outside) : g.expression(outside);
  fact.cost = outside.fact.cost;
  return g.random.pick([
    `p, t, q = ${value}`,
    `p, t, { q, r = ${value} } = {}`,
    `p, t, [q = ${value}, ...r] = []`,
  ]);
}

/** Code of a function that neither throws nor calls anything. */
const LEAVES = ['', 'return;', 'return 1;', 'return p;', 'return (p | 0) + 1;', 'let s = 0;\nfor (let i = 0; i < 3; i++) s += i;\nreturn s;',
  'if (p === 1) return 2;\nreturn 3;', 'return () => 1;', '"use strict";\nreturn { p };', 'try { return 1; } finally { void 0; }']; // prettier-ignore

/** Its parameters, and its body. */
function partsOf(g, fact) {
  const ctx = contextOf(g, fact);
  const parameters = parametersOf(g, fact);
  const code = fact.how === 'leaf' ? g.random.pick(LEAVES) : g.statements(ctx);
  return { parameters, body: `{\n${bodyOf(fact, code)}\n}` };
}

const async_ = (fact) => (fact.isAsync ? 'async ' : '');
const star = (fact) => (fact.isGenerator ? '*' : '');

export function declaration(g, fact, name) {
  const { parameters, body } = partsOf(g, fact);
  return `${mark(fact)}${async_(fact)}function${star(fact)} ${name}(${parameters}) ${body}`;
}

export function method(g, fact, name, prefix = '') {
  const { parameters, body } = partsOf(g, fact);
  return `${mark(fact)}${prefix}${async_(fact)}${star(fact)}${name}(${parameters}) ${body}`;
}

/** What has parameters of its own, or none: accessors, constructors, static blocks. */
export function special(g, fact, head, { before = '', first = '', ...more } = {}) {
  const code = fact.how === 'leaf' ? 'return;' : `${first}${g.statements(contextOf(g, fact, more))}`;
  return `${mark(fact)}${head} {\n${before}${bodyOf(fact, code)}\n}`;
}

export function arrow(g, fact) {
  const head = `${mark(fact)}${async_(fact)}`;
  if (fact.how === 'guarded' || g.random.chance(40)) {
    const { parameters, body } = partsOf(g, fact);
    return `${head}(${parameters}) => ${body}`;
  }
  if (fact.how === 'leaf')
    return `${head}(p) => ${g.random.pick(['1', 'p', '(p | 0) + 1', 'undefined', '() => 2', '({ p })'])}`;
  const value = g.expression(contextOf(g, fact));
  if (fact.how === 'silent') return `${head}(p, t) => ${value}`;
  // Natives give four arguments at most.
  return `${head}(p, t, c, d, $${fact.fn} = T.in(${fact.fn}, t)) => T.out($${fact.fn}, ${value})`;
}

/** A function in the middle of an expression, which nobody else calls; natives may. */
export function inline(ctx, { isAsync = false } = {}) {
  const { g } = ctx;
  const how = isAsync ? 'guarded' : g.random.pick(['guarded', 'bare', 'bare']);
  const fact = define(g, g.random.chance(50) ? 'arrow' : 'function', how, { isAsync });
  fact.room = Math.floor(roomOf(ctx) / 2);
  const text =
    fact.kind === 'arrow' ? arrow(g, fact) : declaration(g, fact, g.random.pick(['', `h${fact.fn}`]));
  return { text: `(${text})`, fact };
}

/** Calls that a function may still make, so that every program ends soon. */
export const roomOf = ({ fact, times }) => Math.floor(((fact.room ?? 60) - fact.cost) / times);

export const spend = ({ fact, times }, cost) => void (fact.cost += cost * times);

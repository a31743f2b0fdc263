/** One random program: a module of functions that call each other, those further down those further up. */
import { callText, someCallee } from './calls.mjs';
import { classUnit, objectUnit } from './classes.mjs';
import { expression, leafCall, small } from './expressions.mjs';
import { arrow, contextOf, declaration, define } from './functions.mjs';
import { randomFrom } from './random.mjs';
import { fails, leave, statements } from './statements.mjs';

/**
 * @typedef {object} Program
 * @property {string} file
 * @property {string} text
 * @property {object[]} functions by number; 0 is the module
 */

/**
 * @param {number} seed
 * @param {boolean} strict with what is known to be recorded wrong, see KNOWN in `../truth.mjs`
 * @returns {Program[]} the program, and the file that it may require
 */
export function programOf(seed, strict) {
  const random = randomFrom(seed * 7919 + 3);
  const isModule = random.chance(60);
  const part = random.chance(40) ? partOf(random, `p${seed}-part.cjs`, strict) : undefined;
  const g = newGenerator(random, strict);
  if (part) g.callees.push(...part.callees);
  const file = `p${seed}.${isModule ? 'mjs' : 'cjs'}`;
  const top = define(g, 'module', 'guarded', { isAsync: isModule && random.chance(40) });
  top.room = 300;
  const units = Array.from({ length: 5 + random.below(7) }, () => `${unit(g)}\n${topLevel(g, top)}`);
  const run = define(g, 'function', 'guarded', { isAsync: true });
  run.room = 700;
  const text = [
    ...head(file, isModule, random),
    `const $0 = T.root(0);`,
    ...units,
    `${isModule ? 'export ' : 'exports.run = '}${main(g, run)}`,
    'T.end($0);',
  ];
  return [{ file, text: `${text.join('\n')}\n`, functions: g.functions }, ...(part ? [part.program] : [])];
}

function newGenerator(random, strict) {
  let names = 0;
  const g = {
    random,
    functions: [],
    callees: [],
    classes: [],
    expression,
    small,
    leafCall,
    statements,
    fails,
    strict,
    leave,
  };
  return Object.assign(g, {
    name: () => `v${names++}`,
    label: () => `l${names++}`,
    someWay: () => someWay(random),
  });
}

/** How a function tells of itself, and what it is. Some ways do not go together: see `functions.mjs`. */
function someWay(random) {
  const isAsync = random.chance(35);
  const isGenerator = random.chance(25);
  const ways = ['guarded'];
  if (!(isAsync && isGenerator)) ways.push('bare');
  if (!isGenerator) ways.push('leaf');
  if (!isGenerator && !isAsync) ways.push('silent', 'silent');
  return [random.pick(ways), { isAsync, isGenerator }];
}

function head(file, isModule, random) {
  if (!isModule)
    return [
      ...(random.chance(50) ? ["'use strict';"] : []),
      `const T = require('truth-log').truth('${file}');`,
      'let n = 0, z;',
    ];
  return [
    "import { createRequire } from 'node:module';",
    "import { truth } from 'truth-log';",
    `const require = createRequire(import.meta.url), T = truth('${file}');`,
    'let n = 0, p = 1, z;',
  ];
}

function unit(g) {
  const kind = g.random.below(8);
  if (kind === 0) return objectUnit(g);
  if (kind === 1) return classUnit(g);
  const [how, what] = g.someWay();
  const isArrow = !what.isGenerator && kind < 5;
  const fact = define(g, isArrow ? 'arrow' : 'function', how, what);
  fact.ref = `f${fact.fn}`;
  const text = isArrow ? `const ${fact.ref} = ${arrow(g, fact)};` : declaration(g, fact, fact.ref);
  if (fact.isRecursive) fact.cost *= 4;
  g.callees.push({ ...fact, form: 'call' });
  return text;
}

/** What the module itself does in between. */
function topLevel(g, top) {
  const ctx = contextOf(g, top, { mayReturn: false });
  if (top.isAsync && top.fn === 0 && !top.isSaid) {
    top.isSaid = true;
    return 'await T.off($0, 1);\nT.back($0);';
  }
  return g.random.chance(30)
    ? `try {\n${g.statements({ ...ctx, depth: 1 })}\n} catch (e) { T.caught($0); }`
    : '';
}

/** Calls whatever there is. */
function main(g, run) {
  const ctx = contextOf(g, run, { depth: 1 });
  const calls = g.callees.map(() => {
    const callee = someCallee(ctx, ({ isGenerator }) => !isGenerator) ?? g.callees[0];
    const text = callText(ctx, callee);
    return callee.isAsync ? `T.back($${run.fn}, await T.off($${run.fn}, ${text}))` : text;
  });
  const steps = calls.map(
    (text) => `try {\nvoid ${text};\n${g.statements(ctx)}\n} catch (e) { T.caught($${run.fn}); }`,
  );
  const held = { ...g, statements: () => steps.join('\n'), random: { ...g.random, chance: () => false } };
  return declaration(held, run, 'run');
}

/** A CommonJS file that is loaded when somebody first needs it. */
function partOf(random, file, strict) {
  const g = newGenerator(random, strict);
  define(g, 'module', 'guarded');
  const units = Array.from({ length: 2 + random.below(3) }, () => {
    const fact = Object.assign(define(g, 'function', random.pick(['guarded', 'bare'])), { room: 12 });
    const ref = `f${fact.fn}`;
    const text = declaration(g, fact, ref);
    g.callees.push({ ...fact, form: 'call', ref });
    return `${text}\nexports.${ref} = ${ref};`;
  });
  const text = [...head(file, false, random), 'let p = 1;', 'const $0 = T.in(0);', ...units, 'T.end($0);'];
  // The caller tells nothing of them: it does not know their numbers.
  const callees = g.callees.map((callee) => ({ ...callee, ref: `require('./${file}').${callee.ref}` }));
  return { callees, program: { file, text: `${text.join('\n')}\n`, functions: g.functions } };
}

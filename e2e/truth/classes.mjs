/** Classes and object literals, with members of all kinds. */
import { plainCall } from './calls.mjs';
import { contextOf, define, method, roomOf, special, spend } from './functions.mjs';

/** Each member: its text, and how others call it. */
function member(g, owner, prefix = '') {
  const name = g.random.pick([
    `m${g.functions.length}`,
    `m${g.functions.length}`,
    `'m${g.functions.length}'`,
    `['m' + ${g.functions.length}]`,
  ]);
  const key = `${owner}.m${g.functions.length}`;
  switch (g.random.below(4)) {
    case 0: {
      const fact = define(g, 'getter', g.random.pick(['guarded', 'bare', 'leaf']));
      return done(g, fact, special(g, fact, `${prefix}get ${name}()`, { before: 'let p = 1;\n' }), {
        form: 'get',
        ref: key,
      });
    }
    case 1: {
      const fact = define(g, 'setter', g.random.pick(['guarded', 'bare', 'leaf']));
      return done(g, fact, special(g, fact, `${prefix}set ${name}(p)`), { form: 'set', ref: key });
    }
    default: {
      const fact = define(g, 'method', ...g.someWay());
      Object.assign(fact, { ref: key });
      return done(g, fact, method(g, fact, name, prefix), { form: 'call', ref: key, owner });
    }
  }
}

function done(g, fact, text, callee) {
  if (fact.isRecursive) fact.cost *= 4;
  return { text, callee: { ...fact, ...callee } };
}

export function objectUnit(g) {
  const owner = `o${g.functions.length}`;
  const members = Array.from({ length: 1 + g.random.below(3) }, () => member(g, owner));
  g.callees.push(...members.map(({ callee }) => callee));
  return `const ${owner} = {\n${members.map(({ text }) => text).join(',\n')},\n};`;
}

export function classUnit(g) {
  const name = `C${g.functions.length}`;
  const base = g.random.chance(60) ? g.random.pick(g.classes) : undefined;
  const members = [];
  const how = g.random.pick(['guarded', 'bare', 'silent', base ? 'bare' : 'leaf']);
  // What fields call is told before or after the call that their constructor's caller tells of.
  const fields =
    (base ? base.how === 'guarded' || base.how === 'bare' : how !== 'silent') && g.random.chance(50);
  const fact = define(g, 'constructor', how);
  const text = constructor(g, fact, base);
  if (fields) members.push(field(g, fact));
  members.push(text);
  if (g.random.chance(50)) members.push(staticBlock(g, true));
  const others = Array.from({ length: g.random.below(3) }, () => member(g, name, 'static '));
  members.push(...others.map((each) => each.text));
  const callee = { ...fact, form: 'new', ref: name };
  g.classes.push(callee);
  g.callees.push(callee, ...others.map((each) => each.callee));
  return `class ${name}${base ? ` extends ${base.ref}` : ''} {\n${members.join('\n')}\n}`;
}

function constructor(g, fact, base) {
  if (!base) return special(g, fact, 'constructor(p, t)', { isVoid: true });
  fact.cost += base.cost;
  const call = `super(p${base.how === 'silent' ? `, T.enter(${base.fn})` : ''})`;
  const told =
    base.how === 'silent'
      ? `T.left(${base.fn}, ${call})`
      : base.how === 'leaf'
        ? `T.leaf(${base.fn}, ${call})`
        : call;
  // Who leaves without `super` fails after the end, which a try in the constructor does not see.
  const early = [
    'if (n++ % 4 === 0) throw T.error();\n',
    fact.how === 'silent' ? 'if (n++ % 3 === 0) return;\n' : '',
  ];
  const before = g.random.chance(40) ? g.random.pick(early) : '';
  return special(g, fact, 'constructor(p, t)', { isVoid: true, first: `${before}${told};\n` });
}

/** A field's initialiser is no call: what it calls, the constructor's caller calls, or the derived constructor. */
function field(g, fact) {
  const ctx = contextOf(g, { ...fact }, { id: null });
  const text = `a = ${plainCall(ctx)};`;
  fact.cost = ctx.fact.cost;
  return text;
}

/** @param {boolean} isCalm its exceptions would end the module */
function staticBlock(g, isCalm, room = 20) {
  const fact = define(g, 'static-block', isCalm ? 'guarded' : g.random.pick(['guarded', 'bare']));
  fact.room = room;
  const text = special(g, fact, 'static', { before: 'let p = 1;\n', mayReturn: false });
  return isCalm ? text.replace(/ T\.fails\(\$\d+\); throw e; (?=.*\n\}$)/, '') : text;
}

/** A class in the middle of an expression, and an instance of it. */
export function classExpression(ctx) {
  const { g } = ctx;
  if (ctx.depth > 2 || roomOf(ctx) < 10) return '1';
  const room = Math.floor(roomOf(ctx) / 3);
  const fact = Object.assign(define(g, 'constructor', g.random.pick(['guarded', 'bare'])), { room });
  const text = special(g, fact, 'constructor(p, t)', { isVoid: true });
  const block = g.random.chance(50) ? `\n${staticBlock(g, false, room)}` : '';
  spend(ctx, fact.cost + (block ? room : 0));
  return `new (class {\n${text}${block}\n})(1)`;
}

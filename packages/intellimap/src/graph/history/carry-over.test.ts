/** Who is who after a change. Each picture: texts before, texts after, and what became of which id. */
import { describe, expect, test } from 'vitest';
import { aliasesOf, carryOver } from './carry-over.ts';
import { type PastFile, readPast } from './functions.ts';

type Texts = Record<string, string>;

const filesOf = (texts: Texts): PastFile[] =>
  Object.entries(texts).map(([path, text]) => readPast(text, path)!);

/** `old → new (reason)` of all whose id is another one now, without `ts:` and what modules are called. */
function became(before: Texts, after: Texts, renames: Record<string, string> = {}): string[] {
  const pairs = carryOver(filesOf(before), filesOf(after), new Map(Object.entries(renames)));
  return aliasesOf(pairs)
    .filter(({ old }) => !old.endsWith('#'))
    .map(({ old, new: now, reason }) => `${old.slice(3)} → ${now.slice(3)} (${reason})`);
}

const SUM = 'let total = 0; for (const line of cart.lines) total += line.price * line.count; return total;';
const SEND = 'await queue.push(order); log.info(`sent ${order.id}`); return order.id;';
const LOAD = 'const row = await db.find(id); if (row === null) throw new Error("no such cart"); return row;';

describe('who is known again', () => {
  test('nobody has another id where texts around it change', () => {
    const text = `function f() { ${SUM} } async function g() { ${SEND} }`;
    expect(became({ 'a.js': text }, { 'a.js': `const x = 1;\n\n${text} // more` })).toEqual([]);
  });

  test('an edited function by its place, whatever is in it now', () => {
    const pairs = carryOver(
      filesOf({ 'a.js': `function f() { ${SUM} }` }),
      filesOf({ 'a.js': 'function f() { return 0; }' }),
    );
    expect(pairs.at(-1)).toMatchObject({ old: 'ts:a.js#f', new: 'ts:a.js#f', reason: 'same place' });
  });

  test('a function by another name', () => {
    expect(
      became({ 'a.js': `function sum(cart) { ${SUM} }` }, { 'a.js': `function total(cart) { ${SUM} }` }),
    ).toEqual(['a.js#sum → a.js#total (same body)']);
    const edited = SUM.replace('0;', '0n;');
    expect(
      became({ 'a.js': `function sum(cart) { ${SUM} }` }, { 'a.js': `function total(cart) { ${edited} }` }),
    ).toEqual(['a.js#sum → a.js#total (alike, same parent)']);
  });

  test('two that change names', () => {
    const text = (a: string, b: string): string =>
      `function ${a}() { ${SUM} } async function ${b}() { ${SEND} }`;
    expect(became({ 'a.js': text('f', 'g') }, { 'a.js': text('g', 'f') })).toEqual([
      'a.js#f → a.js#g (same body)',
      'a.js#g → a.js#f (same body)',
    ]);
  });

  test('all that is in a class by another name', () => {
    const text = (name: string): string =>
      `class ${name} { constructor() { this.lines = []; } total(cart) { ${SUM} } async send() { all.map((x) => x.id); } }`;
    expect(became({ 'a.js': text('Cart') }, { 'a.js': text('Basket') })).toEqual([
      'a.js#class Cart/constructor → a.js#class Basket/constructor (unchanged)',
      'a.js#class Cart/total → a.js#class Basket/total (unchanged)',
      'a.js#class Cart/send → a.js#class Basket/send (unchanged)',
      'a.js#class Cart/send/all.map@0 → a.js#class Basket/send/all.map@0 (unchanged)',
    ]);
  });

  test('what is in a function by another name, though it is nearly nothing', () => {
    const text = (name: string, line: string): string =>
      `function ${name}(cart) { ${line} ${SUM.replace('return', 'cart.on(() => 1); return')} }`;
    expect(became({ 'a.js': text('f', '') }, { 'a.js': text('g', 'check(cart);') })).toEqual([
      'a.js#f → a.js#g (alike, same parent)',
      'a.js#f/cart.on@0 → a.js#g/cart.on@0 (unchanged)',
    ]);
  });

  test('those of one anchor, when another one is put in front', () => {
    const use = (...bodies: string[]): string =>
      bodies.map((body) => `app.use(() => { ${body} });`).join('\n');
    expect(
      became(
        { 'a.js': use(SUM, SEND.replace('await ', '')) },
        { 'a.js': use('first(1, 2, 3);', SUM, SEND.replace('await ', '')) },
      ),
    ).toEqual([
      'a.js#app.use@0 → a.js#app.use@0~1 (unchanged)',
      'a.js#app.use@0~1 → a.js#app.use@0~2 (unchanged)',
    ]);
  });

  test('those of one anchor, when the first is taken away', () => {
    const use = (...bodies: string[]): string =>
      bodies.map((body) => `app.use(() => { ${body} });`).join('\n');
    const [sum, first] = [SUM.replace('return total', 'done(total)'), 'first(1, 2, 3);'];
    expect(became({ 'a.js': use(first, sum, 'last();') }, { 'a.js': use(sum, 'last();') })).toEqual([
      'a.js#app.use@0~1 → a.js#app.use@0 (unchanged)',
      'a.js#app.use@0~2 → a.js#app.use@0~1 (unchanged)',
    ]);
  });

  test('of several with the same text, the one that stands behind the same', () => {
    const filter = (what: string): string => `Object.entries(event.${what}).filter(([, value]) => value);`;
    const before = { 'a.js': `function f(event) { return ${filter('queryString')} }` };
    const after = {
      'a.js': `function f(event) { if (event.many) return ${filter('manyStrings')} return ${filter('queryString')} }`,
    };
    expect(became(before, after)).toEqual([
      'a.js#f/return=Object.entries.filter@0 → a.js#f/return=Object.entries.filter@0~1 (unchanged)',
    ]);
  });

  test('the text, where a name is something else now', () => {
    const match = (name: string): string => `function ${name}(req, cart) { ${SUM} }`;
    const wrapper = 'function match(method, url) { return matchReq({ method, url }); }';
    expect(
      became({ 'a.js': match('match') }, { 'a.js': match('matchReq').replace('0;', '0n;') + wrapper }),
    ).toEqual(['a.js#match → a.js#matchReq (alike, same parent)']);
  });

  test('a function that went to another file, with all that is in it', () => {
    const load = `export async function load(id) { ${LOAD.replace('return row', 'return row.lines.map((x) => x)')} }`;
    const stays = `function sum(cart) { ${SUM} }`;
    expect(became({ 'a.ts': `${stays}\n${load}`, 'b.ts': '' }, { 'a.ts': stays, 'b.ts': load })).toEqual([
      'a.ts#load → b.ts#load (same body)',
      'a.ts#load/return=row.lines.map@0 → b.ts#load/return=row.lines.map@0 (unchanged)',
    ]);
  });

  test('all functions of a file by another name, the edited ones, too', () => {
    const text = (more: string): string => `function f() { ${more} ${SUM} } const g = () => 1;`;
    expect(became({ 'a.js': text('') }, { 'lib/b.js': text('x();') }, { 'a.js': 'lib/b.js' })).toEqual([
      'a.js#f → lib/b.js#f (same place)',
      'a.js#g → lib/b.js#g (unchanged)',
    ]);
  });

  test('a name that is nearly the same, between the same neighbours', () => {
    const text = (name: string, body: string): string =>
      `req.a = function () { ${SUM} }; req.${name} = function (x) { ${body} }; req.b = function () { ${LOAD.replace('await ', '')} };`;
    const before = 'return !!~this.acceptedCharsets.indexOf(x);';
    const after = 'const accept = accepts(this); return accept.charsets.apply(accept, arguments);';
    expect(
      became({ 'a.js': text('acceptsCharset', before) }, { 'a.js': text('acceptsCharsets', after) }),
    ).toEqual(['a.js#req.acceptsCharset → a.js#req.acceptsCharsets (alike, same spot)']);
  });
});

describe('who is not', () => {
  test('a new function where another one was removed', () => {
    expect(
      became(
        { 'a.js': `function sum(cart) { ${SUM} }` },
        { 'a.js': `async function send(order) { ${SEND} }` },
      ),
    ).toEqual([]);
  });

  test('the original of a copy stays who it is, and the copy is new', () => {
    const sum = (name: string): string => `function ${name}(cart) { ${SUM} }`;
    const pairs = carryOver(filesOf({ 'a.js': sum('f') }), filesOf({ 'a.js': sum('e') + sum('f') }));
    expect(pairs.map(({ old, new: now }) => [old, now])).toEqual([
      ['ts:a.js#', 'ts:a.js#'],
      ['ts:a.js#f', 'ts:a.js#f'],
    ]);
  });

  test('one that says nothing by itself, elsewhere', () => {
    expect(
      became(
        { 'a.js': 'function f() { x.on(() => 1); }' },
        { 'a.js': `async function g() { y.then(() => 1); ${SEND} }` },
      ),
    ).toEqual([]);
  });
});

test('nobody is two, and the order of files says nothing', () => {
  const body = (k: number): string =>
    `let x${k % 5} = ${k % 7}; call(x${k % 5}, ${k % 3}); return [x${k % 5}, ${k % 2}];`;
  const texts = (shift: number): Texts =>
    Object.fromEntries(
      ['a.js', 'b.js', 'c.js'].map((path, file) => [
        path,
        Array.from(
          { length: 12 },
          (_, k) => `function f${(k + shift) % 14}() { ${body(k * 3 + file)} list.map(() => ${k % 4}) }`,
        ).join('\n'),
      ]),
    );
  const [before, after] = [filesOf(texts(0)), filesOf(texts(5))];
  const pairs = carryOver(before, after);
  expect(pairs.length).toBeGreaterThan(30);
  expect(new Set(pairs.map(({ new: now }) => now)).size).toBe(pairs.length);
  const plain = (list: typeof pairs): string[] =>
    list.map(({ old, new: now, reason }) => `${old} ${now} ${reason}`);
  expect(plain(carryOver(before.toReversed(), after.toReversed()))).toEqual(plain(pairs));
});

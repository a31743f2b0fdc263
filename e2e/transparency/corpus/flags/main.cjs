class Base {
  #p = 1;
  static s = [1];
  get p() {
    return this.#p;
  }
  async *gen() {
    yield await this.p;
  }
}
class Derived extends Base {
  constructor(...a) {
    super();
    this.a = a;
  }
  m(x = 1, ...r) {
    return [x, r, new.target];
  }
}
function tagged(s, ...v) {
  return s.raw.join('|') + v.join();
}
function* g() {
  const x = yield 1;
  try {
    yield x;
  } finally {
    yield 'last';
  }
}
const arrow = (a, { b } = {}) => a + (b ?? 0);
async function main() {
  const it = g();
  const out = [it.next().value, it.next(5).value, it.return(7).value, it.next().value];
  for await (const v of new Derived(1).gen()) out.push(v);
  out.push(tagged`a${1}b`, arrow(1, { b: 2 }), new Derived(3).m(), [3, 1, 2].sort((a, b) => a - b).join());
  try {
    fail('no');
  } catch (e) {
    out.push(e.message, e.stack.split('\n').slice(0, 3).join(' ').replaceAll(__dirname, '.'));
  }
  return out;
}
function fail(m) {
  throw new TypeError(m);
}
main().then((out) => console.log(out));

exports.program = async function program() {
  const lines = [];
  const say = (...all) => lines.push(all.map((each) => JSON.stringify(each)).join(' '));
  say(Object.groupBy([1, 2, 3, 4], (n) => (n % 2 ? 'odd' : 'even')), [1, 2, 3].at(-1), [3, 1, 2].toSorted());
  say(Iterator.from([1, 2, 3, 4]).map((n) => n * n).filter((n) => n > 1).take(2).toArray());
  say([...new Map([[1, 'a']]).set({}, 'b').keys()].length, [...new Set([1, 2, 3]).intersection(new Set([2, 3, 4]))]);
  const order = [];
  await Promise.all([
    Promise.resolve().then(() => order.push('then')),
    (async () => order.push('sync', await null, order.push('after await')))(),
    new Promise((done) => queueMicrotask(() => done(order.push('microtask')))),
    new Promise((done) => setTimeout(() => done(order.push('timer')), 1)),
  ]);
  say(order);
  say(structuredClone({ date: new Date(0), map: new Map([[1, new Set(['x'])]]), error: new TypeError('t') }).error.message);
  const settled = await Promise.allSettled([Promise.reject(new Error('no')), Promise.any([Promise.reject(1), 2]), Promise.try(() => { throw 3; })]);
  say(settled.map(({ status, value, reason }) => [status, value ?? reason?.message ?? reason]));
  try {
    await Promise.any([Promise.reject(new Error('a'))]);
  } catch (error) {
    say(error.name, error.errors.length, error instanceof AggregateError);
  }
  async function* numbers() {
    for (let i = 0; i < 5; i += 1) yield i;
  }
  for await (const n of numbers()) say(n);
  say(new URL('?a=1&b=%20', 'http://host/path').searchParams.get('b'), 'x'.padStart(3, '-'), Math.sumPrecise?.([0.1, 0.2]) ?? 'no sum');
  return lines;
};

const { f, fail } = require('./lib.ts') as { f: (x: number) => number; fail: () => never };
console.log(f(2), f.toString());
try {
  fail();
} catch (e) {
  console.log((e as Error).stack!.replaceAll(__dirname, '.'));
}

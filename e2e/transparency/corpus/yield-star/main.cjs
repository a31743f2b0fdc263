function* inner() { throw new Error('x') }
function* outer() { const a = yield* (0, inner)(1); return a }
function* outer2() {
  return   yield* inner(1);
}
function* outer3() { yield*   inner(1); }
for (const g of [outer, outer2, outer3]) try { g().next() } catch (e) { console.log(e.stack.split('\n').slice(1, 4).join('\n')) }
async function* ai() { await null; throw new Error('ax') }
async function* ao() { const b = yield*    ai(); }
(async () => { for await (const x of ao()); })().catch(e => console.log(e.stack))
const o = { i: function* (...a) { throw new Error('x') }, async *a(n) { await n; throw new Error('ax') }, '': 1 };
const i = o.i, g = () => o.i(), oo = { o, i };
const tests = [function* () { const a = yield* g(); }, function* () { return yield* g(); }, function* () { let x; x = yield* o.i(); }, function* () { g(yield* o.i()); }, function* () { const y = o.i(); yield* y; }, function* () { const y = o.i(); const z = yield* y; }, function* () { const y = o.i(); return yield* y; }, function* () { const y = o.i(); let z; z = yield* y; },
 function* () { const y = o.i(); g(1, yield* y); }, function* () { const y = { y: o.i() }; yield* y.y; }, function* () { const y = { y: o.i() }; return yield* y /* . */ . /* y */ y; }, function* () { const y = { y: o.i() }; const z = yield* y [ 'y' ]; }, function* () { yield* oo.o.i(1)}, function* () { yield* oo
   // one
   .o /* two
   */ .i // (
   ( /* a */ 1)}, function* () { yield* oo?.o?.i?.(1)}, function* () { yield* oo.i?.call(1)}, function* () { yield*i(1)}, function* () { yield* (() => o.i())()},
   function* () { try { yield* o.i(1); } finally { g(); } }, function* () { for (const x of [1]) yield* o.i(x); }, function* () { if (o) { const [q] = [yield* o.i(1)]; } }, function* () { const y = 1; yield* o.i(yield* g()); }, function* () { yield* o
   .i(
     1,
     2); }];
for (const t of tests) try { t().next() } catch (e) { console.log(e.stack.split('\n').slice(1, 4).join('\n')) }

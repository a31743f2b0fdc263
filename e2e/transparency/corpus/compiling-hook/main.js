@@ function f(x) { if (!x) throw new Error('thrown'); return [x].map((y) => y); }
module.exports = f;
@@ console.log(f(1), f.toString(), String(Error.prepareStackTrace).length, typeof twice);
const frames = (e) => e.stack.split('\n').filter((l) => l.startsWith('    at')).slice(0, 10 - 1).join('\n');
try { @@ f(0); } catch (e) { console.log(frames(e)); }
function deep(n, g) { return n ? deep(n - 1, g) : g(); }
try { @@ deep(20, f); } catch (e) { console.log(e.stack); }
if (process.argv[2] === 'throw') { @@ deep(20, f); }
if (process.argv[2] === 'top') { @@ f(0); }
if (process.argv[2] === 'reject') { @@ (async () => { await 1; @@ f(0); })(); }
if (process.argv[2] === 'map') { deep(20, require('./mapped.js')); }

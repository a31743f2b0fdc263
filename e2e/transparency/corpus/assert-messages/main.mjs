import { ok, strict as assert } from 'node:assert';
async function f() { return 0; }
const g = async (x) => { try { ok(x && await f(), null); } catch (e) { console.log(e.message); } };
await g(1);
try { const x = await f(); assert(x + await f()); } catch (e) { console.log(e.message); }

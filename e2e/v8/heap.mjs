/** Heaps: who holds what. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute, intellimapBin, query } from '../_consumer.mjs';
import { both } from './program.mjs';

export const heapCases = {
  async 'heap: a class that is held, what holds it, and its file'() {
    const program = `
class Session { constructor(id) { this.id = id; this.data = new Array(100).fill(id); } }
class Gone { constructor() { this.data = new Array(100).fill(1); } }
const cache = new Map();
exports.cache = cache;
let n = 0;
const timer = setInterval(() => {
  for (let k = 0; k < 100; k++) { cache.set(n, new Session(n++)); new Gone(); }
  if (n === 2000) { clearInterval(timer); console.log('done'); }
}, 5);`;
    const cwd = await both({ 'main.cjs': program }, ['--heap']);
    const [{ before, after, path, id, held }] = await query(
      cwd,
      `
      SELECT (SELECT coalesce(sum(objects), 0) FROM heap_constructors WHERE snapshot = 1 AND constructor = 'Session' AND path = 'main.cjs') AS before,
        objects AS after, path, ast_node_id AS id, held_by AS held
      FROM heap_constructors WHERE snapshot = 2 AND constructor = 'Session' AND path = 'main.cjs'`,
    );
    assert.deepEqual(
      [Number(before), Number(after), path, id],
      [0, 2000, 'main.cjs', 'ts:main.cjs#class Session/constructor'],
    );
    assert.match(held, /Map\.table → .*Session$/);
    assert.deepEqual(
      await query(cwd, "SELECT objects FROM heap_constructors WHERE snapshot = 2 AND constructor = 'Gone'"),
      [],
    );
    const runs = join(cwd, '.intellimap/runs');
    const files = readdirSync(runs, { recursive: true }).filter((name) => name.includes('heap-'));
    assert.ok(files.length === 2 && files.every((name) => name.endsWith('.json')), files.join());
    const { stdout } = await execute(intellimapBin(), ['v8'], { cwd });
    assert.match(stdout, /0 → 2,000 +\+1\.\d MiB +Session +main\.cjs:2/);
  },

  async 'heap: snapshots stay where they are asked for, and there is one at least'() {
    const cwd = await both({ 'main.cjs': `console.log('short');` }, ['--heap=keep']);
    const files = readdirSync(join(cwd, '.intellimap/runs'), { recursive: true }).filter((name) =>
      name.endsWith('.heapsnapshot'),
    );
    assert.ok(files.length > 0);
    const [kept] = files.map((name) => readFileSync(join(cwd, '.intellimap/runs', name), 'utf8'));
    assert.match(kept, /^\{"snapshot":/);
  },
};

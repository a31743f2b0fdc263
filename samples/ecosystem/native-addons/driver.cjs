// Native addons with their JavaScript side instrumented: a key-value store, WebSocket masking, checksums; all ship their binaries.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const bufferutil = require('bufferutil');
const isValidUtf8 = require('utf-8-validate');
const { crc32, crc32c } = require('@node-rs/crc32');
const { ClassicLevel } = require('classic-level');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'level-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

async function store() {
  const db = new ClassicLevel(folder, { valueEncoding: 'json' });
  const words = Array.from({ length: 300 }, (_, n) => `key ${String((n * 7919) % 300).padStart(3, '0')}`);
  await db.batch(words.map((key, n) => ({ type: 'put', key, value: { n, square: n * n } })));
  for (let i = 0; i < 50; i += 1) await db.put(`extra ${i}`, i);
  console.log(await db.get('key 007'), await db.get('none').catch(({ code }) => code), (await db.getMany(['extra 1', 'none'])));
  const range = [];
  for await (const [key, { n }] of db.iterator({ gt: 'key 100', limit: 5, reverse: false })) range.push(`${key}=${n}`);
  console.log(range, (await db.keys({ reverse: true, limit: 3 }).all()), await db.approximateSize('a', 'z'));
  const inner = db.sublevel('inner', { valueEncoding: 'utf8' });
  await inner.put('a', 'A');
  console.log(await inner.get('a'), (await db.keys({ lt: 'a' }).all()));
  console.log(await db.put(undefined, 1).catch(({ name, code }) => `${name} ${code}`));
  await db.clear({ gte: 'key 010' });
  console.log((await db.values().all()).length);
  await db.close();
  console.log(await db.get('a').catch(({ code }) => code), db.status);
}

const bytes = Buffer.from('masked with a native addon');
const masked = Buffer.alloc(bytes.length);
bufferutil.mask(bytes, Buffer.from([1, 2, 3, 4]), masked, 0, bytes.length);
console.log(masked.toString('hex'), (bufferutil.unmask(masked, Buffer.from([1, 2, 3, 4])), masked.toString()));
console.log(isValidUtf8(Buffer.from('ü')), isValidUtf8(Buffer.from([0xff])), crc32('abc'), crc32c(Buffer.from('abc')));
console.log(typeof bufferutil.mask, bufferutil.mask.name, bufferutil.mask.toString(), String(crc32));
store().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

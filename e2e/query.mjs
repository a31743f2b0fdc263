/** Questions about what is written and what ran: `intellimap/query` in TypeScript that a compiler checks, `path`, `slice`, `--explain`; what docs/asking.md shows is run as it stands. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCases } from './_cases.mjs';
import { consumer, execute, intellimapBin, put, workspaceOf } from './_consumer.mjs';

export const ci = true;
export const seconds = 40;

const docs = fileURLToPath(new URL('../docs/asking.md', import.meta.url));

const SHOP = {
  'package.json': '{ "name": "shop", "type": "module", "private": true }',
  'src/main.mjs': `
import { checkout } from './checkout.mjs';
import { Database } from './database.mjs';

export async function main() {
  const db = new Database('orders.json');
  const totals = await Promise.all([1, 2, 3].map((id) => checkout(db, id)));
  console.log(totals.join(' '));
}
await main();`.trimStart(),
  'src/checkout.mjs': `
import { log } from './log.mjs';

export async function checkout(db, id) {
  const tax = 1.2;
  let sum = 0;
  for (const line of await linesOf(db, id)) {
    sum += line.price;
  }
  const total = sum * tax;
  log(id);
  return total;
}

async function linesOf(db, id) {
  const all = [];
  for (const part of ['a', 'b']) all.push(...(await db.query(part, id)));
  return all;
}`.trimStart(),
  'src/database.mjs': `
import { existsSync } from 'node:fs';

export class Database {
  #file;
  constructor(file) {
    this.#file = file;
  }
  async query(part, id) {
    if (existsSync(this.#file)) throw new Error('not yet');
    return [{ part, price: id }];
  }
}

export function vacuum(db) {
  return db.query('vacuum', 0);
}`.trimStart(),
  'src/log.mjs': 'export const log = (text) => String(text);\n',
};

let shop;
/** Recorded once: all cases only ask. */
const recorded = () => (shop ??= record());

async function record() {
  const cwd = workspaceOf('query', SHOP);
  const { stdout } = await intellimap(cwd, 'run', '--no-summary', '--', process.execPath, 'src/main.mjs');
  assert.equal(stdout, '2.4 4.8 7.199999999999999\n');
  return cwd;
}

async function intellimap(cwd, ...args) {
  const answer = await execute(intellimapBin(), args, { cwd, env: { COLUMNS: '80' } });
  assert.equal(answer.code, 0, `${args.join(' ')}: ${answer.stderr}`);
  return answer;
}
const json = async (cwd, ...args) => JSON.parse((await intellimap(cwd, ...args, '--json')).stdout);

const CONFIG = JSON.stringify({
  compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: false, types: ['node'], outDir: 'made', rootDir: '.' },
  include: ['asked/*.mts'],
}); // prettier-ignore

/** Checks TypeScript with the compiler, and makes JavaScript of it. @returns what the compiler says */
async function compiled(cwd, files) {
  put(cwd, {
    'tsconfig.json': CONFIG,
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`asked/${name}.mts`, text])),
  });
  return await execute(join(consumer(), 'node_modules', '.bin', 'tsc'), ['-p', '.'], { cwd });
}

async function ran(cwd, name) {
  const { code, stdout, stderr } = await execute(process.execPath, [join('made', 'asked', `${name}.mjs`)], {
    cwd,
  });
  assert.equal(code, 0, stderr);
  return stdout;
}

const ASKED = `
import { type FunctionRow, type KnownCall, openRecording } from 'intellimap/query';

const recording = await openRecording();
const second = await openRecording();
const names = (rows: readonly FunctionRow[]): string => rows.map(({ name }) => name).join(' ');
const calls = (rows: readonly KnownCall[]): string => rows.map(({ fromName, text, loop, evidence }) => [fromName, text, loop, evidence].join(' ')).join(', ');
const asked = {
  loops: names(await recording.functions().calling('db.query').inLoop().rows()),
  seen: names(await recording.functions().calling('Database.query', { evidence: 'ran' }).rows()),
  unseen: names(await recording.functions().calling('db.query', { evidence: 'text only' }).neverRan().rows()),
  module: names(await recording.functions().calling('node:fs').rows()),
  reaching: names(await recording.functions().reaching('node:fs', { evidence: 'ran' }).in('src/*').rows()),
  exported: names(await recording.functions().exported().neverRan().rows()),
  calls: calls(await recording.calls().from('linesOf').awaited().rows()),
  files: (await recording.modules().where((m) => m.importedBy.gte(1)).rows()).map(({ path, functionsHit }) => path + ' ' + functionsHit),
  groups: (await recording.functions().ran().groupBy('path', (f, count) => ({ calls: f.calls.sum(), functions: count() })).limit(1).rows())[0],
  path: (await recording.paths('main', 'node:fs', { alternatives: 1 })).paths.map(({ evidence, hops }) => [evidence, ...hops.map(({ to, text }) => to?.name ?? text)].join(' ')),
  beside: names(await second.functions().calling('db.query').inLoop().rows()),
};
console.log(JSON.stringify(asked));
second.close();
recording.close();`;

async function builder() {
  const cwd = await recorded();
  const { code, stdout } = await compiled(cwd, { asked: ASKED });
  assert.equal(code, 0, stdout);
  const asked = JSON.parse(await ran(cwd, 'asked'));
  assert.deepEqual(asked, {
    loops: 'linesOf',
    beside: 'linesOf',
    seen: 'linesOf',
    unseen: 'vacuum',
    module: 'Database.query',
    reaching: 'checkout linesOf Database.query src/main.mjs main Promise.all callback (.map callback)',
    exported: 'vacuum',
    calls: 'linesOf db.query for … of ran',
    files: ['src/checkout.mjs 2', 'src/database.mjs 2', 'src/log.mjs 1'],
    groups: { path: 'src/database.mjs', calls: 8, functions: 3 },
    path: ['partly Promise.all callback (.map callback) checkout linesOf Database.query existsSync'],
  });
}

/** What is wrong is an error of the compiler, which says what there is. */
async function misspelt() {
  const cwd = await recorded();
  const line = (text) => `await (await openRecording()).${text};`;
  const wrong = [
    ['functions().where((f) => f.cals.gt(20))', /'cals' does not exist on type 'FunctionFields'. Did you mean 'calls'/],
    ['functions().where((f) => f.p95.gt("20"))', /'string' is not assignable to parameter of type 'number'/],
    ['functions().where((f) => f.name.gt(2))', /'gt' does not exist on type 'TextField'/],
    ['functions().calling("a", { evidence: "guessed" })', /'"guessed"' is not assignable to type 'Evidence/],
    ['functions().groupBy("paht", () => ({}))', /'"paht"' is not assignable/],
    ['calls().where((c) => c.evidense.eq("ran"))', /'evidense' does not exist on type 'CallFields'. Did you mean 'evidence'/],
    ['modules().orderBy((m) => m.p95.desc())', /'p95' does not exist on type 'ModuleFields'/],
  ]; // prettier-ignore
  const text = [
    "import { openRecording } from 'intellimap/query';",
    ...wrong.map(([question]) => line(question)),
  ];
  const { code, stdout } = await compiled(cwd, { asked: text.join('\n') });
  // Other cases compile the same folder.
  put(cwd, { 'asked/asked.mts': '' });
  assert.notEqual(code, 0);
  for (const [index, [question, message]] of wrong.entries()) {
    const said = stdout.split('\n').filter((each) => each.includes(`asked.mts(${index + 2},`));
    assert.ok(
      said.some((each) => message.test(each)),
      `${question}: ${said.join('\n')}`,
    );
  }
}

async function paths() {
  const cwd = await recorded();
  const { stdout } = await intellimap(cwd, 'path', 'main', 'Database.query');
  assert.match(stdout, /^main → Database\.query {2}\d+ ways?\n\n1\. 4 calls, each call ran\n/);
  assert.match(stdout, /6× {2}Database\.query +\S.* src\/checkout\.mjs:16/);
  assert.ok(
    stdout.split('\n').every((line) => line.length <= 80),
    stdout,
  );
  const { paths: ways } = await json(cwd, 'path', 'vacuum', 'Database.query');
  assert.equal(ways.length, 0, 'nobody says what db is there');
  const maybe = await json(cwd, 'path', 'vacuum', 'Database.query', '--maybe');
  assert.equal(maybe.paths[0].hops[0].confidence, 'maybe');
  assert.equal((await json(cwd, 'path', 'main', 'src/checkout.mjs:16', '--ran')).paths[0].evidence, 'ran');
  const missing = await execute(intellimapBin(), ['path', 'main', 'left-pad'], { cwd });
  assert.match(missing.stderr, /nothing in the source matches "left-pad"/);
  assert.notEqual(missing.code, 0);
}

async function slices() {
  const cwd = await recorded();
  const lines = (slice) =>
    Object.fromEntries(slice.files.map((file) => [file.path, file.lines.map(({ line }) => line)]));
  const backward = await json(cwd, 'slice', 'src/checkout.mjs:9:total');
  assert.deepEqual(lines(backward), {
    'src/checkout.mjs': [3, 4, 5, 6, 7, 9, 10, 14, 15, 16, 17],
    'src/database.mjs': [4, 6, 8, 9, 10],
    'src/main.mjs': [4, 5, 6, 9],
  });
  assert.equal(backward.functions.find(({ name }) => name === 'linesOf').calls, 3);
  const forward = await json(cwd, 'slice', 'src/checkout.mjs:4:tax', '--forward');
  assert.deepEqual(lines(forward), { 'src/checkout.mjs': [4, 9, 11], 'src/main.mjs': [6, 7] });
  const { stdout } = await intellimap(cwd, 'slice', 'src/checkout.mjs:9:total');
  assert.match(stdout, /linesOf {2}ran 3×\n/);
  assert.match(stdout, /▸ +9 +const total = sum \* tax;/);
  assert.match(stdout, /5 +let sum = 0; +data → 9/);
  assert.ok(
    stdout.split('\n').every((line) => line.length <= 80),
    stdout,
  );
}

async function explained() {
  const cwd = await recorded();
  const { stdout } = await intellimap(cwd, 'query', '--explain', 'select text from known_calls where loop is not null'); // prettier-ignore
  assert.match(stdout, /call_sites +\d+ +\d+ +\d+ {2}the text as it is now/);
  assert.match(stdout, /edges_runtime +\d+ +\d+ +\d+ {2}recorded by runs/);
  assert.match(stdout, /steps, the last one first/);
  const { tables, steps, rows } = await json(cwd, 'query', '--explain', 'select count(*) from calls');
  assert.equal(rows, 1);
  assert.equal(tables[0].name, 'calls');
  assert.ok(steps.length > 1);
  assert.match((await intellimap(cwd, 'path', 'main', 'log', '--explain')).stdout, /question 1 of \d+/);
  for (const command of [
    ['path', 'main', 'log'],
    ['slice', 'src/log.mjs:1'],
  ]) {
    const { explained: statements, ...answer } = await json(cwd, ...command, '--explain');
    assert.ok(
      statements.length > 0 && statements.every(({ sql, tables }) => sql !== '' && tables),
      command[0],
    );
    assert.deepEqual({ ...answer, explained: null }, await json(cwd, ...command));
  }
  const refused = await execute(intellimapBin(), ['query', '--explain', 'drop table calls'], { cwd });
  assert.match(refused.stderr, /only SELECT statements/);
}

/** As they stand: each block of TypeScript, and each command that asks about a recording. */
async function documented() {
  const cwd = await recorded();
  const text = readFileSync(docs, 'utf8');
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block);
  assert.equal(blocks.length, 4);
  const { code, stdout } = await compiled(cwd, Object.fromEntries(blocks.map((block, at) => [`docs${at}`, block]))); // prettier-ignore
  assert.equal(code, 0, stdout);
  for (const at of blocks.keys()) assert.notEqual(await ran(cwd, `docs${at}`), '', blocks[at]);
  const commands = [...text.matchAll(/^ {4}intellimap ((?:query --explain|query "|path|slice)[^\n]*)$/gm)].map(([, command]) => command); // prettier-ignore
  assert.ok(commands.length >= 12, commands.join('\n'));
  for (const command of commands) await intellimap(cwd, ...wordsOf(command));
}

const wordsOf = (command) =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word);

export const run = (argv) =>
  runCases(
    {
      'a TypeScript program asks, and is checked': builder,
      'a wrong name is an error of the compiler': misspelt,
      'paths over calls': paths,
      'slices over files': slices,
      'what is done to answer': explained,
      'examples of docs/asking.md': documented,
    },
    argv,
  );

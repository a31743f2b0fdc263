/** The claim of values: arguments, results, thrown values and writes of random programs are recorded as the programs say them. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ask, record } from './recording.mjs';
import { valueProgramOf } from './value-programs.mjs';

const NO_LIMITS = ['--values', '**', '--value-budget', 'calls=0,rate=0,bytes=0,share=0'];

const CALLS = `
  select t.tid, c.thread_id, c.call_id, f.name, c.outcome from calls c join threads t using (thread_id) join functions f using (function_id)
  where f.kind <> 'module' order by c.call_id`;
const VALUES = `select call_id, role::varchar as role, nth, name, preview from call_values order by call_id, role, nth`;
const WRITES = `select call_id, target, preview from state_changes order by nth`;

/**
 * @param {string} node executable
 * @param {number[]} seeds of the programs, all in one process
 * @returns {Promise<{ calls: number, wrong: string[] }>}
 */
export async function checkValues(node, seeds) {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'intellimap-e2e-values-'));
  writePrograms(folder, seeds);
  record(folder, node, JSON.stringify(seeds.map((seed) => `./p${seed}.mjs`)), NO_LIMITS);
  const truth = JSON.parse(readFileSync(join(folder, 'values.json'), 'utf8'));
  const recorded = await recordedIn(folder);
  const wrong =
    recorded.length === truth.length ? [] : [`${truth.length} calls, ${recorded.length} recorded`];
  for (const [at, call] of truth.entries()) {
    const seen = recorded[at];
    if (wrong.length < 5 && !isDeepStrictEqual(plain(call), seen))
      wrong.push(
        `call ${at} of ${call.fn}\n    truth    ${JSON.stringify(plain(call))}\n    recorded ${JSON.stringify(seen)}`,
      );
  }
  if (wrong.length === 0) rmSync(folder, { recursive: true });
  else wrong.push(`programs and recording are kept in ${folder}`);
  return { calls: truth.length, wrong };
}

function writePrograms(folder, seeds) {
  const log = join(folder, 'node_modules', 'value-log');
  mkdirSync(log, { recursive: true });
  cpSync(fileURLToPath(new URL('value-log.cjs', import.meta.url)), join(log, 'index.js'));
  writeFileSync(join(log, 'package.json'), '{ "name": "value-log", "version": "1.0.0" }');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  writeFileSync(
    join(folder, 'main.mjs'),
    `// intellimap-ignore-file\nfor (const file of JSON.parse(process.argv[2])) await (await import(file)).run();\n`,
  );
  for (const seed of seeds) writeFileSync(join(folder, `p${seed}.mjs`), valueProgramOf(seed));
}

/** A call whose `throw` left it has no result, whatever it was about to return. */
const plain = ({ fn, given, result, thrown, writes }) => ({
  fn,
  given,
  ...(result === undefined ? {} : { result }),
  thrown,
  writes,
});

async function recordedIn(folder) {
  const [calls, values, writes] = await ask(folder, [CALLS, VALUES, WRITES]);
  const of = (rows, call) => rows.filter(({ call_id: id }) => id === call);
  const byCall = new Map(calls.map(({ call_id: id }) => [id, { values: [], writes: [] }]));
  for (const row of values) byCall.get(row.call_id).values.push(row);
  for (const row of writes) byCall.get(row.call_id).writes.push(row);
  return calls.map(({ call_id: id, name }) => {
    const seen = byCall.get(id);
    const role = (wanted) => seen.values.filter((row) => row.role === wanted);
    const [result] = role('result');
    return {
      fn: name.replace(/^.*\./, ''),
      given: Object.fromEntries(role('argument').map((row) => [row.name, JSON.parse(row.preview)])),
      ...(result ? { result: JSON.parse(result.preview) } : {}),
      thrown: role('thrown').map(({ preview }) => JSON.parse(preview)),
      writes: of(seen.writes, id).map(({ target, preview }) => [target, JSON.parse(preview)]),
    };
  });
}

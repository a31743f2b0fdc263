/**
 * Canaries: 500 secrets of 25 kinds go through all that a program, its page and OpenTelemetry can do with a text, and none of them may be found in anything that was made of the
 * recording. And texts without secrets stay as they are.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openBrowser, openPage } from './_browser.mjs';
import { runCases } from './_cases.mjs';
import { cleanEnvironment, execute, importInstalled, intellimapBin, workspaceOf } from './_consumer.mjs';
import { until } from './_until.mjs';
import { CORPUS } from './privacy/_corpus.mjs';
import { protobuf, requests } from './privacy/_otlp.mjs';
import { secrets } from './privacy/_secrets.mjs';

export const ci = true;
export const seconds = 60;

const here = fileURLToPath(new URL('.', import.meta.url));
const vite = pathToFileURL(join(here, '../node_modules/vite/dist/node/index.js')).href;

const ALL = secrets(500, 20_261_122);
/** Buttons of the page that are really pressed: two of each kind. */
const PRESSED = 50;
const SCREEN_QUESTIONS = [
  'workspace',
  'summary',
  'home',
  'issues',
  'reports',
  'functions?text=e',
  'map',
  'overview?px=800',
  'tables',
  'tasks?t0=0&t1=100000',
];

const cases = {
  async 'none of 500 secrets is in anything that was recorded'() {
    const cwd = await recorded();
    const parts = {
      ...files(cwd),
      ...(await segments(cwd)),
      ...(await database(cwd)),
      ...(await answers(cwd)),
      ...(await exports(cwd)),
    };
    const sizes = Object.entries(parts).map(([name, text]) => `${name} ${(text.length / 1e6).toFixed(1)} MB`);
    console.log(`        looked through ${sizes.join(', ')}`);
    const leaks = ALL.flatMap(({ kind, secret }) => {
      const forms = [...new Set([secret, encodeURIComponent(secret)])];
      return Object.entries(parts).flatMap(([name, text]) =>
        forms.some((form) => text.includes(form)) ? [`${kind} in ${name}: ${around(text, forms)}`] : [],
      );
    });
    console.log(
      `        ${new Set(leaks.map((leak) => leak.split(' in ')[0])).size} kinds, ${leaks.length} places`,
    );
    assert.deepEqual(leaks.slice(0, 20), []);
    const { code, stdout } = await execute(intellimapBin(), ['privacy', '--scan', '--json'], { cwd });
    const { redacted, found } = JSON.parse(stdout);
    assert.deepEqual([code, found], [0, []]);
    const rules = new Set(redacted.map(({ rule }) => rule));
    const ofOtlp = redacted.filter(({ where }) => where === 'otlp');
    assert.ok(ofOtlp.length > 8, JSON.stringify(ofOtlp));
    console.log(
      `        redacted: ${redacted.reduce((sum, { count }) => sum + count, 0)} times, by ${rules.size} rules`,
    );
    assert.deepEqual(
      [...rules].toSorted((a, b) => (a < b ? -1 : 1)),
      RULES,
    );
  },

  async 'what is no secret stays as it is'() {
    const { createRedaction } = await importInstalled('@intellimap/probe/dist/core/index.js');
    const { shown } = createRedaction();
    let [all, wrong] = [0, 0];
    for (const [name, texts] of Object.entries(CORPUS)) {
      const changed = texts.filter((text) => shown(text, 'corpus') !== text);
      all += texts.length;
      wrong += changed.length;
      const share = (100 * changed.length) / texts.length;
      if (changed.length > 0)
        console.log(
          `        ${name}: ${changed.length} of ${texts.length}, such as ${shown(changed[0], 'corpus').slice(0, 100)}`,
        );
      assert.ok(share <= 1, `${name}: ${share.toFixed(2)} %`);
    }
    console.log(
      `        ${wrong} of ${all} texts (${((100 * wrong) / all).toFixed(2)} %) were redacted by mistake`,
    );
  },

  async 'without --values none is recorded'() {
    const cwd = workspaceOf('canary-plain', {
      'a.mjs': 'function f(password, n) { return { n }; }\nf("geheim123", 2);',
    });
    const { code, stderr } = await execute(intellimapBin(), ['run', '--no-summary', '--', 'node', 'a.mjs'], {
      cwd,
    });
    assert.equal(code, 0, stderr);
    const { stdout } = await execute(intellimapBin(), ['privacy', '--json'], { cwd });
    const { values, valueBytes } = JSON.parse(stdout);
    assert.deepEqual([values, valueBytes], [null, 0]);
    const tables = await database(cwd, ['call_values', 'state_changes']);
    assert.deepEqual(Object.values(tables), ['[]', '[]']);
  },
};

const RULES = [
  'card',
  'credentials',
  'email',
  'environment',
  'iban',
  'jwt',
  'key',
  'phone',
  'private-key',
  'random',
  'secret',
  'ssn',
  'url-credentials',
];

/** Records the server and its page. @returns the workspace */
async function recorded() {
  const cwd = workspaceOf('canary', {});
  cpSync(join(here, 'privacy/fixtures'), cwd, { recursive: true });
  writeFileSync(join(cwd, 'secrets.json'), JSON.stringify(ALL));
  const variables = Object.fromEntries(
    ALL.filter(({ isVariable }) => isVariable).map(({ secret }, at) => [`CANARY_${at}_TOKEN`, secret]),
  );
  const words = ALL.slice(0, 25).flatMap(({ bare, secret, text }) => (bare ? [text] : ['--token', secret]));
  const child = spawn(
    intellimapBin(),
    [
      'run',
      '--no-summary',
      '--collect',
      '--values',
      'src/**',
      '--value-budget',
      'none',
      '--',
      'node',
      'src/server.mjs',
      ...words,
    ],
    { cwd, env: cleanEnvironment({ ...variables, VITE: vite }), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((done) => child.once('exit', done));
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-4000)));
  const port = await new Promise((done, fail) => {
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed = (printed + text).slice(-200);
      const ready = /ready (\d+)/.exec(printed);
      if (ready) done(Number(ready[1]));
    });
    void ended.then(() => fail(new Error(`it ended: ${said}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  try {
    await visit(cwd, origin);
    await tellOtlp(cwd);
    await fetch(`${origin}/stop`);
  } catch (error) {
    child.kill('SIGTERM');
    throw error;
  }
  assert.equal(await ended, 1, said);
  return cwd;
}

/** To the collector that is part of the run. */
async function tellOtlp(cwd) {
  const { port, token } = JSON.parse(readFileSync(join(cwd, '.intellimap/collector.json'), 'utf8'));
  const encodings = [
    ['application/json', JSON.stringify],
    ['application/x-protobuf', (request) => protobuf(request)],
  ];
  for (const [at, [type, encode]] of encodings.entries())
    for (const [path, request] of Object.entries(requests(ALL, at + 1))) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': type, 'x-intellimap-token': token },
        body: encode(request),
      });
      assert.equal(answer.status, 200, `${path}: ${await answer.clone().text()}`);
      const told = Buffer.from(await answer.arrayBuffer()).toString();
      assert.ok(!told.includes('rejected'), told);
    }
}

async function visit(cwd, origin) {
  const browser = await openBrowser();
  try {
    const { page } = await openPage(browser);
    const [{ secret }] = ALL;
    await page.goto(`${origin}/?access_token=${secret}#${secret}`);
    await page.waitForSelector('body[data-done]', { timeout: 120_000, state: 'attached' });
    for (let at = 0; at < PRESSED; at++)
      await page.locator(`button[data-at="${at}"]`).click({ force: true, noWaitAfter: true });
    await until('the page has sent something', () => pageSegments(cwd).length > 0);
    await page.close({ runBeforeUnload: false });
    await new Promise((done) => setTimeout(done, 500));
  } finally {
    await browser.close();
  }
}

const pageSegments = (cwd) =>
  readdirSync(join(cwd, '.intellimap/runs'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /100000\d\d-.*\.seg$/.test(name),
  );

const around = (text, forms) => {
  const at = Math.max(...forms.map((form) => text.indexOf(form)));
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
};

/** All files of the recordings, byte by byte. */
function files(cwd) {
  const all = readdirSync(join(cwd, '.intellimap'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  return { files: all.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n') };
}

/** What threads told, decoded. */
async function segments(cwd) {
  const { readSegment } = await importInstalled('@intellimap/probe/dist/wire/index.js');
  const runs = join(cwd, '.intellimap/runs');
  const names = readdirSync(runs, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.seg'),
  );
  let text = '';
  for (const name of names)
    for (const part of readSegment(readFileSync(join(runs, name)))) {
      if (part.type === 'note') text += `${JSON.stringify(part.note)}\n`;
      if (part.type === 'header') text += `${JSON.stringify(part.header)}\n`;
      if (part.type === 'values') text += `${new TextDecoder().decode(part.values.bytes)}\n`;
    }
  assert.ok(
    names.some((name) => /100000\d\d-/.test(name)),
    'the page was recorded',
  );
  return { segments: text };
}

/** Rows of all tables, or some, as text. */
async function database(cwd, only) {
  // Loads what is new.
  assert.equal((await execute(intellimapBin(), ['runs'], { cwd })).code, 0);
  const { DuckDBInstance } = await importInstalled('@duckdb/node-api/lib/index.js');
  const instance = await DuckDBInstance.create(join(cwd, '.intellimap/store.duckdb'), {
    access_mode: 'READ_ONLY',
  });
  const connection = await instance.connect();
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const names = only ?? (await rows('SELECT table_name FROM duckdb_tables()')).map((row) => row.table_name);
  const tables = {};
  for (const name of names) tables[name] = JSON.stringify(await rows(`SELECT * FROM ${name}`));
  connection.closeSync();
  instance.closeSync();
  return only ? tables : { database: Object.values(tables).join('\n') };
}

/** What the page of `intellimap open` is told. */
async function answers(cwd) {
  const child = spawn(intellimapBin(), ['open', '--no-browser'], {
    cwd,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  try {
    const address = await new Promise((done) => {
      child.stdout.setEncoding('utf8').on('data', (text) => {
        const found = /http:\/\/\S+/.exec(text)?.[0];
        if (found) done(found);
      });
    });
    const door = await fetch(address, { redirect: 'manual' });
    const cookie = door.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    const { origin } = new URL(address);
    let text = '';
    const ask = async (path, init = {}) => {
      const answer = await fetch(`${origin}/api/${path}`, {
        ...init,
        headers: { cookie, origin, 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 200, `${path}: ${answer.status}`);
      text += `${await answer.text()}\n`;
    };
    for (const path of SCREEN_QUESTIONS) await ask(path);
    for (const table of ['errors', 'threads', 'tasks', 'resources', 'calls'])
      await ask('sql', {
        method: 'POST',
        body: JSON.stringify({ sql: `select * from ${table}`, limit: 5000 }),
      });
    return { answers: text };
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}

/** Reports, and what other tools are given. */
async function exports(cwd) {
  const done = async (...words) => {
    const { code, stdout, stderr } = await execute(intellimapBin(), words, { cwd });
    assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
    return `${stdout}\n${stderr}`;
  };
  const formats = ['chrome-trace', 'otlp', 'speedscope', 'collapsed', 'lcov'];
  // One after the other: each has the database for itself.
  const texts = [
    await done('report', '--html', 'report.html'),
    readFileSync(join(cwd, 'report.html'), 'utf8'),
    await done('report', '--json'),
    await done('report'),
  ];
  for (const format of formats) texts.push(await done('export', '--format', format, '--out', '-'));
  await done('export', '--format', 'parquet', '--out', 'parquet');
  const parquet = readdirSync(join(cwd, 'parquet')).map((name) =>
    readFileSync(join(cwd, 'parquet', name), 'latin1'),
  );
  return { exports: [...texts, ...parquet].join('\n') };
}

export const run = (parts) => runCases(cases, parts);

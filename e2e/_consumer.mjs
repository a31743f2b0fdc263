/**
 * A user's machine in a temporary folder: the packed packages installed from their tarballs, with the tools that fixtures need.
 * Nothing resolves into this repository, so a file missing from a package shows.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** What fixtures run, pinned so that a suite means the same thing tomorrow. */
const TOOLS = {
  vitest: '4.1.12',
  jest: '30.5.2',
  tsx: '4.23.15',
  prettier: '3.10.1',
  acorn: '8.19.0',
  terser: '5.51.2',
  '@babel/core': '7.29.13',
  typescript: '5.9.3',
};

/** Name prefix of all folders that suites make outside of the repository. */
const PREFIX = 'intellimap-e2e-';

/**
 * Packs and installs once per content of the packages; later calls and suites share the folder.
 * @returns {string} the folder; its `node_modules` serves every project put below it
 */
export function consumer() {
  installed ??= install();
  return installed;
}

let installed;

/** Takes a folder that another process has packed and installed into. */
export function useConsumer(folder) {
  installed = folder;
}

function install() {
  const tarballs = ['packages/probe', 'packages/intellimap'].map(pack);
  const hash = createHash('sha256').update(JSON.stringify(TOOLS)).update(process.version);
  for (const tarball of tarballs) hash.update(readFileSync(tarball));
  const folder = join(realpathSync(tmpdir()), `${PREFIX}${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(join(folder, 'installed'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const tarball of tarballs) cpSync(tarball, join(folder, basename(tarball)));
  const dependencies = {
    ...TOOLS,
    '@intellimap/probe': `file:${basename(tarballs[0])}`,
    intellimap: `file:${basename(tarballs[1])}`,
  };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, dependencies }),
  );
  console.log(`e2e: installing the packed packages and fixtures' tools into ${folder}`);
  const { status, stderr, stdout } = spawnSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm install failed:\n${stdout}${stderr}`);
  writeFileSync(join(folder, 'installed'), '');
  return folder;
}

function pack(path) {
  const target = join(repository, 'tmp', 'packed');
  mkdirSync(target, { recursive: true });
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', target], {
    cwd: join(repository, path),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm pack failed in ${path}:\n${stderr}`);
  const answer = JSON.parse(stdout);
  const [{ filename }] = Array.isArray(answer) ? answer : Object.values(answer);
  return join(target, filename.replace('@', '').replace('/', '-'));
}

/** A fresh copy of a fixture below the consumer, so that it finds the installed packages and owns its recordings. */
export function project(name) {
  const folder = mkdtempSync(join(consumer(), `${name}-`));
  cpSync(join(repository, 'e2e', 'programs', name), folder, { recursive: true });
  return folder;
}

/**
 * A workspace of its own below the consumer, so that it finds the installed packages.
 * @param {Record<string, string>} files path → text; a package.json unless they have one
 */
export function workspaceOf(name, files) {
  const folder = mkdtempSync(join(consumer(), `${name}-`));
  put(folder, { 'package.json': JSON.stringify({ name, private: true }), ...files });
  return folder;
}

/** Writes files (path → text) and the folders that they lie in. */
export function put(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Environment of a clean shell: nothing of the test run's own settings reaches the programs. */
export function cleanEnvironment(extra = {}) {
  const rest = { ...process.env };
  for (const name of Object.keys(rest))
    if (/^(?:npm_.*|INTELLIMAP_.*|NODE_OPTIONS|NODE_ENV|FORCE_COLOR|VITEST)$/.test(name)) delete rest[name];
  return { ...rest, NO_COLOR: '1', npm_config_loglevel: 'error', ...extra };
}

/** @returns {Promise<number>} a port that nobody has: for programs that must be told theirs */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Runs a command to its end. @returns {Promise<{code: number|null, signal: string|null, stdout: string, stderr: string}>} */
export function execute(command, args, { cwd, env = {}, input, timeout = 120_000 } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: cleanEnvironment(env), stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(
        new Error(`${command} ${args.join(' ')} did not end in ${timeout / 1000} s\n${stdout}\n${stderr}`),
      );
    }, timeout);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, stdout, stderr });
    });
    // A command may end before it has read anything.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}

/** The installed command, without npx in between: for suites that start it often. */
export const intellimapBin = () => join(consumer(), 'node_modules', '.bin', 'intellimap');

/** A module of the installed packages, by its path below `node_modules`. */
export const importInstalled = (path) => import(pathToFileURL(join(consumer(), 'node_modules', path)).href);

/** Rows of an SQL query over the latest recording of a project: what the installed `intellimap query --json` prints. It runs in this process, for Node's start and DuckDB's cost more than the answer. */
export async function query(cwd, sql) {
  const { query: command } = await importInstalled('intellimap/dist/cli/commands/query.js');
  const { createTerminal } = await importInstalled('intellimap/dist/cli/terminal.js');
  let printed = '';
  let said = '';
  const out = createTerminal({ write: (text) => (printed += text) }, { write: (text) => (said += text) });
  const code = await command.run({ values: { json: true }, positionals: [sql], out, cwd });
  if (code !== 0) throw new Error(`intellimap query failed with ${code}: ${said}`);
  return JSON.parse(printed);
}

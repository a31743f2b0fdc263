// Brings a clone to the state a script needs, and does nothing when it is there already. Uses Node built-ins only,
// because it runs before anything is installed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root, run, runTool, say } from './run.mjs';

const OLDEST_NODE = [20, 19];

/** Where browsers usually are. The environment comes first: it is the user's word. */
const CHROMIUM_PATHS = [
  process.env.CHROMIUM,
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Files the compiler does not copy but the built program reads. */
const ASSETS = ['.sql'];

/** A step that did not work, already in words for the user. */
export class EnsureError extends Error {}

/**
 * Makes the named things true, in this order.
 * @param {object} need
 * @param {boolean} [need.install] the root's dependencies are those of package-lock.json
 * @param {boolean} [need.build] packages/<name>/dist is up to date
 * @param {boolean} [need.chromium] a browser is there; if it cannot be had, says so and goes on
 * @param {boolean | string[]} [need.samples] dependencies of all samples, or of the named ones
 * @param {string[]} [need.folders] dependencies of these folders, relative to the root, each with a lock file of its own
 * @returns {Promise<{ chromium: string | undefined }>} the browser's path, whether asked for or not
 */
export async function ensure({ install, build, chromium, samples, folders = [] } = {}) {
  checkNode();
  if (install || build) await ensureInstalled(root, 'dependencies');
  if (build) await buildAll();
  if (chromium) await ensureChromium();
  if (samples) await ensureSamples(samples);
  for (const folder of folders) await ensureInstalled(path.join(root, folder), folder);
  return { chromium: findChromium() };
}

/** Runs a script's main function; prints an EnsureError as one line and exits with the returned code. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    if (!(error instanceof EnsureError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  throw new EnsureError(
    `Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}.`,
  );
}

// ---- npm packages

async function ensureInstalled(folder, what) {
  if (isInstalled(folder)) return;
  say(`installing ${what} (npm ci)`);
  if ((await npm(folder, 'ci')) !== 0) {
    // npm ci refuses a lock that lacks other platforms' packages (see complete-lock.mjs); npm install does not.
    say('npm ci failed; trying npm install, which leaves package.json and the lock as they are');
    const code = await npm(folder, 'install', '--no-save');
    if (code !== 0) throw new EnsureError(`npm install failed in ${folder} with exit code ${code}.`);
  }
  writeStamp(folder);
}

/**
 * npm writes to stderr here: stdout belongs to the program that was asked for. Where NODE_ENV is `production`, it would leave out the tools
 * that all is built with.
 */
function npm(folder, ...args) {
  const options = ['--include=dev', '--no-audit', '--no-fund'];
  return run('npm', [...args, ...options], { cwd: folder, stdio: ['ignore', 2, 2] });
}

/**
 * Installed means: our stamp carries this lock file's hash. A modification time would lie after a checkout or a copy.
 * Where somebody ran npm by hand, npm's own note of what it installed decides, so that `npm ci` does not wipe a good
 * node_modules away under a running program.
 */
function isInstalled(folder) {
  if (!fs.existsSync(path.join(folder, 'node_modules'))) return false;
  if (readIfThere(stampPath(folder)) === stampOf(folder)) return true;
  if (!npmInstalledTheLock(folder)) return false;
  writeStamp(folder);
  return true;
}

function npmInstalledTheLock(folder) {
  const note = readIfThere(path.join(folder, 'node_modules', '.package-lock.json'));
  if (note === undefined) return false;
  const there = JSON.parse(note).packages;
  const wanted = JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([place, { version, link, optional }]) => {
    if (!place.startsWith('node_modules/')) return true;
    if (!there[place]) return optional === true;
    return link === true || there[place].version === version;
  });
}

const stampPath = (folder) => path.join(folder, 'node_modules', '.intellimap-stamp');

/** The lock file, and what decides which native packages npm picks. */
function stampOf(folder) {
  const lock = fs.readFileSync(path.join(folder, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}

function writeStamp(folder) {
  fs.mkdirSync(path.dirname(stampPath(folder)), { recursive: true });
  fs.writeFileSync(stampPath(folder), stampOf(folder));
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

// ---- build

async function buildAll() {
  say('building (tsc -b)');
  const code = await runTool('tsc', ['-b']);
  if (code !== 0) throw new EnsureError('the build failed.');
  copyAssets();
  // Here, for the bundler has just been installed.
  const { bundle } = await import('./bundle.mjs');
  await bundle();
  const { buildUi } = await import('./ui.mjs');
  await buildUi();
}

/** Copies packages/<name>/src/**.sql and the like next to the compiled code. */
export function copyAssets() {
  for (const name of fs.readdirSync(path.join(root, 'packages'))) {
    const src = path.join(root, 'packages', name, 'src');
    if (!fs.existsSync(src)) continue;
    for (const file of fs.readdirSync(src, { recursive: true })) {
      if (!ASSETS.includes(path.extname(file)) || file.includes('fixtures')) continue;
      const target = path.join(root, 'packages', name, 'dist', file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(path.join(src, file), target);
    }
  }
}

// ---- browser

/** Path of an installed Chromium or Chrome, or undefined. */
export function findChromium() {
  return CHROMIUM_PATHS.find((file) => file && fs.existsSync(file));
}

async function ensureChromium() {
  if (findChromium()) return;
  const byHand = 'Install one by hand, or set CHROMIUM to its path; tests that need it will fail till then.';
  if (!onPath('apt-get')) return say(`no Chromium found, and no apt-get to install it with. ${byHand}`);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !onPath('sudo'))
    return say(`no Chromium found; installing it needs root or sudo. ${byHand}`);
  say('installing chromium (apt-get)');
  const packages = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
  // Package lists are often missing or old (a fresh container), so a failure is tried again after an update.
  if ((await aptGet(isRoot, packages)) === 0 && findChromium()) return;
  await aptGet(isRoot, ['update', '-qq']);
  if ((await aptGet(isRoot, packages)) !== 0 || !findChromium())
    say(`chromium could not be installed. ${byHand}`);
}

/** apt-get writes to stderr here, and never asks: there may be nobody to answer, so sudo may not ask either. */
function aptGet(isRoot, args) {
  const options = {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  return isRoot ? run('apt-get', args, options) : run('sudo', ['-n', 'apt-get', ...args], options);
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => fs.existsSync(path.join(folder, name)));
}

// ---- samples

async function ensureSamples(which) {
  const samples = path.join(root, 'samples');
  const names = Array.isArray(which) ? which : fs.existsSync(samples) ? fs.readdirSync(samples) : [];
  for (const name of names) {
    const folder = path.join(samples, name);
    // A sample without a lock file has no dependencies to install.
    if (fs.existsSync(path.join(folder, 'package-lock.json')))
      await ensureInstalled(folder, `sample ${name}`);
  }
}

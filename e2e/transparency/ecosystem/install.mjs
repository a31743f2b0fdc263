/**
 * Puts a project into a folder of its own outside of the repository, as on a user's machine. The folder is named after
 * the content of its `project.json` and kept, so that only a changed project is installed again.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment } from '../../_consumer.mjs';

const cache = join(realpathSync(tmpdir()), 'intellimap-e2e-ecosystem');

/** Runs no script of a package: what has to be built or downloaded first is no project for this corpus. */
const NPM_INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];

/**
 * @param {import('./projects.mjs').Project} project
 * @param {string|undefined} checkouts folder with Git clones of the projects that are not on npm
 * @returns {{ folder: string } | { skipped: string }}
 */
export function installed(project, checkouts) {
  const clone = project.fetch && findClone(project.fetch, checkouts);
  if (project.fetch && clone === undefined) {
    const [wanted] = project.fetch.replace('github:', '').split('@');
    return { skipped: checkouts ? `no clone of ${wanted} in ${checkouts}` : 'needs --checkouts <folder>' };
  }
  const settings = readFileSync(join(project.folder, 'project.json'));
  const hash = createHash('sha256').update(settings).digest('hex').slice(0, 10);
  const folder = join(cache, `${project.name}-${hash}`);
  const done = join(cache, `${project.name}-${hash}.installed`);
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    if (clone) checkOut(clone, project, folder);
    copyOwn(project, folder);
    writePackage(project, folder);
    install(project, folder);
    writeFileSync(done, '');
  }
  // Our own files may have changed since.
  copyOwn(project, folder);
  return { folder };
}

/** Where outputs of the last runs are kept, to look at. */
export function outputsOf(name) {
  const folder = join(cache, 'outputs', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function copyOwn(project, folder) {
  const skipped = ['project.json', 'package.json'].map((name) => join(project.folder, name));
  cpSync(project.folder, folder, { recursive: true, filter: (path) => !skipped.includes(path) });
}

/** Our own `package.json`, or what the checkout has, with the packages that project.json pins. */
function writePackage(project, folder) {
  const [own, checkedOut] = [project.folder, folder].map((from) => join(from, 'package.json'));
  const from = [own, checkedOut].find((path) => existsSync(path));
  const base = from ? JSON.parse(readFileSync(from, 'utf8')) : { name: project.name, type: 'module' };
  const {
    scripts: _scripts,
    devDependencies: _dev,
    allowScripts: _allow,
    packageManager: _pm,
    ...kept
  } = base;
  const dependencies = { ...kept.dependencies, ...project.install };
  writeFileSync(checkedOut, JSON.stringify({ ...kept, private: true, dependencies }, undefined, 2));
}

function install(project, folder) {
  const [[manager, version]] = Object.entries(project.packageManager ?? { npm: '' });
  if (manager === 'npm') run('npm', NPM_INSTALL, folder);
  else {
    const [script, ...args] = OTHER_MANAGERS[manager];
    run(process.execPath, [join(tool(manager, version), script), ...args], folder);
  }
}

/** Where their command is once npm has installed them, and how they install without running scripts. */
const OTHER_MANAGERS = {
  pnpm: ['node_modules/pnpm/bin/pnpm.cjs', 'install', '--ignore-scripts', '--no-frozen-lockfile'],
  yarn: ['node_modules/yarn/bin/yarn.js', 'install', '--ignore-scripts', '--ignore-engines', '--no-lockfile'],
  '@yarnpkg/cli-dist': ['node_modules/@yarnpkg/cli-dist/bin/yarn.js', 'install', '--mode=skip-build'],
};

function tool(name, version) {
  const folder = join(cache, 'tools', `${name.replaceAll(/[@/]/g, '_')}-${version}`);
  if (existsSync(join(folder, 'node_modules', name))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', [...NPM_INSTALL, `${name}@${version}`], folder);
  return folder;
}

function run(command, args, cwd, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment(env),
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) {
    const said = `${stdout ?? ''}${stderr ?? error}`.slice(-2000);
    throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${said}`);
  }
  return stdout;
}

/** A clone lies in `<owner>/<name>`, `<name>` or `<owner>+<name>/repo`, with or without a work tree. */
function findClone(fetch, checkouts) {
  if (checkouts === undefined) return undefined;
  const [, owner, name, commit] = /^github:([^/]+)\/([^@]+)@(.+)$/.exec(fetch);
  return [`${owner}/${name}`, name, `${owner}+${name}/repo`]
    .map((place) => join(checkouts, place))
    .find((path) => existsSync(path) && git(path, ['cat-file', '-e', `${commit}^{commit}`]) !== undefined);
}

function git(clone, args, env) {
  // No hook and no filter of a clone runs here.
  const quiet = ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  const { status, stdout } = spawnSync('git', [...quiet, '-C', clone, ...args], { encoding: 'utf8', env });
  return status === 0 ? stdout.trim() : undefined;
}

/** The files of the commit, and no more: the clone itself stays as it is. Blobs that the clone lacks are left out. */
function checkOut(clone, project, folder) {
  const commit = project.fetch.split('@').at(-1);
  const tree = project.subfolder ? `${commit}:${project.subfolder}` : commit;
  const gitDir = git(clone, ['rev-parse', '--absolute-git-dir']);
  const env = { ...process.env, GIT_INDEX_FILE: `${folder}.index`, GIT_DIR: gitDir, GIT_WORK_TREE: folder };
  git(folder, ['read-tree', tree], env);
  git(folder, ['checkout-index', '--all', '--force'], env);
  rmSync(`${folder}.index`, { force: true });
  if (!existsSync(join(folder, 'package.json')))
    throw new Error(`cannot check out ${project.fetch} from ${clone}`);
  for (const path of project.remove ?? []) rmSync(join(folder, path), { recursive: true, force: true });
}

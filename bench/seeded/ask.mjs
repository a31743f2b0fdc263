/** What each tool claims about a repository, in one language: `file`, `file#function`, `folder:package`, `file#specifier#name`. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Claims a set for each kind; null: the tool does not look for it
 * @property {Set<string>} functions
 * @property {Set<string>} files
 * @property {Set<string> | null} unusedDependencies
 * @property {Set<string> | null} unlisted
 * @property {Set<string> | null} unusedImports
 * @property {boolean} internals whether it looks at functions that are not exported
 * @property {boolean} methods
 */

const SURE = (finding) => finding.confidence !== 'possible';
const findingsOf = (verdict) => (verdict.holds === 'yes' ? verdict.findings : []);

/** @param {(args: string[], options: { cwd: string }) => { status: number, stdout: string, stderr: string }} intellimap */
export function askIntelliMap(intellimap, cwd, isClaimed = SURE) {
  const json = (...args) => {
    const { status, stdout, stderr } = intellimap([...args, '--json'], { cwd });
    if (status !== 0) throw new Error(`intellimap ${args.join(' ')} failed with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  };
  const dead = findingsOf(json('dead')).filter(isClaimed);
  const { dependencies, imports } = json('deps');
  const problems = findingsOf(dependencies).filter(isClaimed);
  const named = (...some) => new Set(problems.filter(({ problem }) => some.includes(problem)).map((each) => `${each.folder}:${each.package}`)); // prettier-ignore
  return {
    functions: new Set(
      dead
        .filter(({ kind }) => kind === 'function')
        .flatMap((each) => each.functions.map(({ path, name }) => `${path}#${plain(name)}`)),
    ),
    files: new Set(dead.filter(({ kind }) => kind === 'file').map(({ path }) => path)),
    unusedDependencies: named('unused', 'unreferenced', 'never loaded'),
    unlisted: named('unlisted'),
    unusedImports: new Set(findingsOf(imports).filter(isClaimed).flatMap(({ edge }) => edge.names.map((name) => `${edge.src}#${edge.specifier}#${name}`))), // prettier-ignore
    internals: true,
    methods: true,
  };
}

/** `new Cart` → `Cart.constructor`, `get Cart.size` → `Cart.size` */
const plain = (name) => name.replace(/^new (.*)$/, '$1.constructor').replace(/^(?:get|set) /, '');

function run(bin, args, cwd) {
  const { stdout, stderr, error } = spawnSync(bin, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 120_000,
  });
  if (error) throw error;
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(
      `${bin} ${args.join(' ')} did not answer in JSON: ${stdout.slice(0, 500)}${stderr.slice(0, 500)}`,
    );
  }
}

/** Entries as its documentation asks for them; a `!` marks those of production. */
export function askKnip(bin, cwd, repository) {
  const workspaces = Object.fromEntries([...repository.entries].map(([folder, entry]) => [folder, { entry, project: ['**/*.{js,mjs,cjs,ts}!'] }])); // prettier-ignore
  writeFileSync(join(cwd, 'knip.json'), JSON.stringify({ workspaces, ignoreExportsUsedInFile: true }));
  const answer = run(bin, ['--reporter', 'json', '--no-exit-code', '--no-progress', '--include', 'files,exports,dependencies,unlisted'], cwd); // prettier-ignore
  const of = (field) =>
    answer.issues.flatMap((issue) => (issue[field] ?? []).map((each) => ({ file: issue.file, ...each })));
  return {
    functions: new Set(of('exports').map(({ file, name }) => `${file}#${name}`)),
    files: new Set([
      ...(answer.files ?? []).map((each) => each.file ?? each),
      ...of('files').map(({ name, file }) => name ?? file),
    ]),
    unusedDependencies: new Set(
      [...of('dependencies'), ...of('devDependencies')].map(({ file, name }) => `${folderOf(file)}:${name}`),
    ),
    unlisted: new Set(of('unlisted').map(({ file, name }) => `${ownerOf(file, repository)}:${name}`)),
    unusedImports: null,
    internals: false,
    methods: false,
  };
}

const folderOf = (manifest) => manifest.replace(/\/?package\.json$/, '');
const ownerOf = (file, { members }) =>
  [...members.keys()].find((folder) => file.startsWith(`${folder}/`)) ?? '';

export function askFallow(bin, cwd, repository) {
  const entry = [...repository.entries].flatMap(([folder, globs]) => globs.map((glob) => (folder === '.' ? glob : `${folder}/${glob}`).replace(/!$/, ''))); // prettier-ignore
  writeFileSync(join(cwd, '.fallowrc.json'), JSON.stringify({ entry, ignoreExportsUsedInFile: true }));
  const answer = run(bin, ['dead-code', '--format', 'json', '--quiet'], cwd);
  const of = (field) => answer[field] ?? [];
  return {
    functions: new Set([
      ...of('unused_exports').map((each) => `${each.path}#${each.export_name ?? each.name}`),
      ...of('unused_class_members').map((each) => `${each.path}#${each.parent_name}.${each.member_name}`),
    ]),
    files: new Set(of('unused_files').map(({ path }) => path)),
    unusedDependencies: new Set([...of('unused_dependencies'), ...of('unused_dev_dependencies')].map((each) => `${folderOf(each.path ?? 'package.json')}:${each.package_name ?? each.name}`)), // prettier-ignore
    unlisted: new Set(of('unlisted_dependencies').map((each) => `${ownerOf(each.imported_from?.[0]?.path ?? each.path ?? '', repository)}:${each.package_name ?? each.name}`)), // prettier-ignore
    unusedImports: null,
    internals: false,
    methods: true,
  };
}

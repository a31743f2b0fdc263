// npm run bench -- history <git folder> [--under <folder>] [--commits <n>] [--misses <n>] [--from <commit>]
//
// How well functions are known again from commit to commit: by their id alone, and by carry-over (graph/history). Replays commits of a real repository, newest
// first, and asks for each function of a file that changed whom it is after the commit. What is right is told by an alignment of the tokens of both
// texts (_alignment.mjs), and, for functions that it finds nobody for, by a body that is there once before and once after.
//
// untouched: the text of the body is the same · edited: it is not. kept: known as who it is · wrong: taken for another one · the rest is lost.
// `gone`: nobody is who it was; taken: it was taken for somebody all the same.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { alignTexts } from './_alignment.mjs';

const { Blobs, carryOver, changedFiles, readBlob, snapshotsOf } =
  await import('../packages/intellimap/dist/graph/index.js');
const { readFile } = await import('../packages/intellimap/dist/transform/index.js');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    under: { type: 'string', default: '.' },
    commits: { type: 'string', default: '500' },
    misses: { type: 'string', default: '0' },
    from: { type: 'string', default: 'HEAD' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('npm run bench -- history <git folder> [--under <folder>] [--commits <n>] [--misses <n>]');
  process.exit(2);
}

const METHODS = {
  'id alone': ({ now }) => {
    const ids = new Map(now.flatMap(({ functions }) => functions).map((one) => [one.id, one]));
    return (one) => ids.get(one.id);
  },
  'carry-over': ({ old, now, renames }) => {
    const found = new Map(carryOver(old, now, renames).map(({ from, to }) => [from, to]));
    return (one) => found.get(one);
  },
};
const score = () => ({ n: 0, kept: 0, wrong: 0 });
const scores = Object.fromEntries(
  Object.keys(METHODS).map((name) => [
    name,
    { untouched: score(), edited: score(), gone: { n: 0, taken: 0 } },
  ]),
);
const misses = [];
let [commits, ms] = [0, 0];

/** The largest blobs are read twice: as after one commit, and as before the next. */
const remembered = new Map();
const blobs = new Blobs(folder);
async function read(path, blob) {
  const key = `${blob} ${path}`;
  if (!remembered.has(key)) {
    if (remembered.size > 500) remembered.delete(remembered.keys().next().value);
    remembered.set(key, await readBlob(blobs, path, blob));
  }
  return remembered.get(key);
}

for (const [commit, parent] of commitPairs()) {
  const within = (path) => values.under === '.' || path?.startsWith(`${values.under.replace(/\/$/, '')}/`);
  const snapshots = await snapshotsOf(filtered(changedFiles(folder, parent, commit), within), read, 3000);
  if (snapshots.old.length + snapshots.now.length === 0) continue;
  commits++;
  judge(commit, snapshots, truthOf(snapshots));
}
blobs.close();
report();

function commitPairs() {
  const args = [
    'log',
    '--no-merges',
    `-${values.commits}`,
    '--format=%H %P',
    values.from,
    '--',
    values.under,
  ];
  const { stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, parent]) => parent);
}

async function* filtered(changes, isWanted) {
  for await (const change of changes) if (isWanted(change.oldPath) || isWanted(change.newPath)) yield change;
}

/** Who each old function is: old function → new one; those that are nobody any more are absent. */
function truthOf({ old, now, renames }) {
  const truth = new Map();
  const taken = new Set();
  for (const before of old) {
    const after = now.find(({ path }) => path === (renames.get(before.path) ?? before.path));
    if (after === undefined) continue;
    const partners = alignTexts(before.text, after.text);
    const starts = new Map(bodiesOf(after).map(([start, one]) => [start, one]));
    for (const [start, one] of bodiesOf(before)) {
      const to = starts.get(partners.get(start));
      if (to === undefined) continue;
      truth.set(one, to);
      taken.add(to);
    }
  }
  const once = (files, isFree) => {
    const found = new Map();
    for (const one of files.flatMap(functionsOf)) found.set(one.hash, found.has(one.hash) ? null : one);
    return new Map([...found].filter(([, one]) => one && isFree(one)));
  };
  const news = once(now, (one) => !taken.has(one));
  for (const [hash, one] of once(old, (one) => !truth.has(one)))
    if (news.has(hash)) truth.set(one, news.get(hash));
  return truth;
}

/** Modules are whatever their file is. */
function functionsOf({ functions }) {
  return functions.filter(({ scope }) => scope !== '');
}

/** Where the bodies of a file's functions begin: [offset, function], by the syntax tree. */
function bodiesOf({ text, path, functions }) {
  const byExtent = new Map(functions.map((one) => [`${one.start}:${one.end}`, one]));
  const found = [];
  const visit = (node, around) => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach((each) => visit(each, around));
    const isFunction = /Function|^StaticBlock$/.test(node.type ?? '') && node.body;
    if (isFunction) {
      const span =
        byExtent.get(`${node.start}:${node.end}`) ?? byExtent.get(`${around?.start}:${around?.end}`);
      if (span !== undefined) found.push([Array.isArray(node.body) ? node.start : node.body.start, span]);
    }
    for (const key in node) if (key !== 'type') visit(node[key], node.type === undefined ? around : node);
  };
  visit(programOf(text, path), null);
  return found;
}

function programOf(text, path) {
  const lang = /\.[cm]?ts$/.test(path) ? 'ts' : path.endsWith('.tsx') ? 'tsx' : 'jsx';
  for (const goal of ['module', 'commonjs']) {
    try {
      return readFile(text, { path, lang, goal }).program;
    } catch {
      // The other goal may do.
    }
  }
  return null;
}

function judge(commit, snapshots, truth) {
  for (const [name, method] of Object.entries(METHODS)) {
    const began = performance.now();
    const whoIs = method(snapshots);
    if (name === 'carry-over') ms += performance.now() - began;
    for (const one of snapshots.old.flatMap(functionsOf)) {
      const [right, found] = [truth.get(one), whoIs(one)];
      const kind = right === undefined ? 'gone' : right.hash === one.hash ? 'untouched' : 'edited';
      const counts = scores[name][kind];
      counts.n++;
      if (kind === 'gone') counts.taken += found === undefined ? 0 : 1;
      else if (found === right) counts.kept++;
      else {
        if (found !== undefined) counts.wrong++;
        if (name === 'carry-over')
          misses.push({
            commit: commit.slice(0, 10),
            kind,
            old: one.id,
            right: right.id,
            found: found?.id ?? null,
          });
      }
    }
  }
}

function report() {
  const percent = (part, n) => (n === 0 ? '     –' : ((100 * part) / n).toFixed(2).padStart(6));
  console.log(
    `${folder}: ${commits} commits that change functions under ${values.under}; carry-over took ${Math.round(ms)} ms\n`,
  );
  console.log('               functions   kept %  wrong %');
  for (const [name, { untouched, edited, gone }] of Object.entries(scores)) {
    console.log(name);
    for (const [kind, { n, kept, wrong }] of Object.entries({ untouched, edited }))
      console.log(
        `  ${kind.padEnd(10)} ${String(n).padStart(9)}   ${percent(kept, n)}   ${percent(wrong, n)}`,
      );
    console.log(
      `  ${'gone'.padEnd(10)} ${String(gone.n).padStart(9)}   taken ${percent(gone.taken, gone.n).trim()} %`,
    );
  }
  for (const miss of misses.slice(0, Number(values.misses))) console.log(JSON.stringify(miss));
  console.log(JSON.stringify({ commits, ...scores['carry-over'] }));
}

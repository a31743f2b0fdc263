/**
 * Compares our control flow with ESLint's code paths, over the fixtures of its own tests: `node scripts/flow-eslint.mjs <checkout of eslint> [-v]`. Nothing of the checkout is kept.
 *
 * Both graphs are told as pairs of anchors: what control may reach next, without another anchor in between. Anchors are steps that both know: reads of variables and properties, calls, operators, `return`,
 * `throw`, `yield`, `await`. An edge of theirs is reproduced if all pairs that lead over it are ours, too.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flowsOf } from '../packages/intellimap/dist/graph/flow/build.js';
import { flatten } from '../packages/intellimap/dist/graph/tree/flatten.js';
import { KIND_NAMES } from '../packages/intellimap/dist/graph/tree/kinds.js';
import { readFile } from '../packages/intellimap/dist/transform/index.js';
import { ANCHORS, Ours } from './flow-eslint/ours.mjs';
import { analysisOf, edgesOf, keyOf } from './flow-eslint/theirs.mjs';

/** Why an edge of theirs need not be ours. The first that holds is counted. */
const EXPLANATIONS = [
  {
    name: 'nothing can fail any more',
    why: 'ESLint leads from the end of a try block to its handler, whether a step is left that may fail or not.',
    holds: ({ to, from, us }) => us.handled.has(to) && !us.failingAfter(from),
  },
  {
    name: 'an optional call without arguments',
    why: 'ESLint takes `a?.()` for called before it is known whether there is an `a`; the way around the call is one from what comes before it.',
    holds: ({ to, from, us }) => us.isPassedBy(from, to),
  },
];

const [checkout, verbosity] = process.argv.slice(2);
const fixtures = path.join(checkout ?? '', 'tests/fixtures/code-path-analysis');
if (!checkout || !existsSync(fixtures)) {
  console.error('A checkout of eslint is wanted: node scripts/flow-eslint.mjs <folder>');
  process.exit(2);
}

const analysis = analysisOf(checkout);

/** What a fixture holds: text, expected graphs, kind of source. */
function read(file) {
  const text = readFileSync(path.join(fixtures, file), 'utf8');
  const expected = [...text.matchAll(/\/\*expected\s((?:.|[\r\n])+?)\*\//gu)].map(([, arrows]) => arrows.trim().replaceAll('\r\n', '\n')); // prettier-ignore
  const options = JSON.parse(/\/\*languageOptions\s((?:.|[\r\n])+?)\*\//u.exec(text)?.[1] ?? '{}');
  return { file, text, expected, goal: options.sourceType ?? 'module' };
}

const total = {
  fixtures: 0,
  asExpected: 0,
  paths: 0,
  edges: 0,
  silent: 0,
  reproduced: 0,
  explained: 0,
  anchors: 0,
  sameReach: 0,
  pairs: 0,
  theirs: 0,
};
const explained = new Map();
const open = [];
const others = [];

for (const file of readdirSync(fixtures).filter((name) => name.endsWith('.js'))) {
  const { text, expected, goal } = read(file);
  const { program } = readFile(text, { path: file, lang: 'js', goal });
  const tree = flatten(program);
  const keyOfNode = (node) => keyOf(KIND_NAMES[tree.kind[node]], tree.start[node], tree.end[node]);
  const flows = flowsOf(tree);
  const anchorOf = (flow) => (step) =>
    ANCHORS[flow.op[step]]?.includes(KIND_NAMES[tree.kind[flow.node[step]]])
      ? keyOfNode(flow.node[step])
      : undefined;
  const anchors = new Set(
    flows.flatMap((flow) => Array.from(flow.op, (_, step) => anchorOf(flow)(step)).filter(Boolean)),
  );
  const paths = analysis.pathsOf(program, anchors);
  total.fixtures++;
  // So that nobody compares with something else than what they expect.
  if (
    expected.length === paths.length &&
    paths.every(({ codePath }, at) => analysis.arrowsOf(codePath) === expected[at])
  )
    total.asExpected++;
  else open.push(`${file}: their code paths are not as expected`);
  for (const codePath of paths) {
    const flow = flows.find(({ owner }) => keyOfNode(owner) === codePath.owner);
    const us = new Ours(tree, flow, anchorOf(flow));
    const { edges, live } = edgesOf(codePath);
    total.paths++;
    const shown = (anchor) => {
      if (!/ \d/.test(anchor)) return anchor;
      const [from, to] = anchor.split(' ').slice(1).map(Number);
      return text.slice(from, to).replaceAll(/\s+/g, ' ').slice(0, 20);
    };
    const known = new Set();
    for (const { name, pairs } of edges) {
      // A loop in which nothing is read or called.
      if (pairs.length === 0) {
        total.silent++;
        continue;
      }
      total.edges++;
      for (const pair of pairs) known.add(pair.join('→'));
      const missing = pairs.filter(([from, to]) => !us.has(from) || !us.after(from).has(to));
      if (missing.length === 0) {
        total.reproduced++;
        continue;
      }
      const rules = missing.map(([from, to]) => EXPLANATIONS.find(({ holds }) => holds({ from, to, us })));
      if (rules.every(Boolean)) {
        total.explained++;
        explained.set(rules[0], (explained.get(rules[0]) ?? 0) + 1);
      } else
        open.push(
          `${file} ${name}: ${missing.map(([from, to]) => `${shown(from)} → ${shown(to)}`).join('; ')}`,
        );
    }
    const reachedByThem = new Set([...live].flatMap((segment) => codePath.events.get(segment) ?? []));
    for (const anchor of us.places.keys()) {
      total.anchors++;
      if (reachedByThem.has(anchor) === us.isLive(anchor)) total.sameReach++;
      else open.push(`${file}: ${shown(anchor)} is ${us.isLive(anchor) ? '' : 'not '}reached by us only`);
    }
    // The other way round: what of ours they do not have, when nothing fails.
    for (const segment of live) {
      const events = codePath.events.get(segment) ?? [];
      events.slice(1).forEach((to, at) => known.add(`${events[at]}→${to}`));
    }
    for (const anchor of ['initial', ...us.places.keys()]) {
      if (anchor !== 'initial' && !us.isLive(anchor)) continue;
      for (const to of us.after(anchor, false)) {
        total.pairs++;
        if (known.has(`${anchor}→${to}`)) total.theirs++;
        else others.push(`${file}: ${shown(anchor)} → ${shown(to)}`);
      }
    }
  }
}

console.log(
  `fixtures ${total.fixtures}, of which their analysis gives what they expect in ${total.asExpected}; code paths ${total.paths}`,
);
console.log(`reproduced ${total.reproduced} of ${total.edges} edges, explained ${total.explained} (${total.silent} more lead past nothing that both know); reached alike ${total.sameReach} of ${total.anchors} anchors`); // prettier-ignore
console.log(
  `the other way round, where nothing fails: ${total.theirs} of ${total.pairs} pairs of ours are theirs`,
);
for (const [{ name, why }, times] of explained) console.log(`  ${times} × ${name}: ${why}`);
for (const each of verbosity === undefined ? open.slice(0, 20) : open) console.log(`open: ${each}`);
if (verbosity !== undefined) for (const each of others) console.log(`ours only: ${each}`);
process.exitCode = open.length > 0 ? 1 : 0;

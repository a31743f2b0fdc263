/** ESLint's code paths of a program, with what happens in each segment. */
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { eachChild } from '../../packages/intellimap/dist/transform/index.js';

/** Names a node in both trees. */
export const keyOf = (type, start, end) => `${type} ${start} ${end}`;

/** Their analysis asks for a logger, and for one pattern out of a file that needs a dozen packages. */
const STANDINS = {
  debug: () => Object.assign(() => {}, { enabled: false }),
  '../../shared/ast-utils': { breakableTypePattern: /^(?:(?:Do)?While|For(?:In|Of)?|Switch)Statement$/u },
};

/** @param {string} checkout of eslint */
export function analysisOf(checkout) {
  const load = Module._load;
  Module._load = (request, ...rest) => STANDINS[request] ?? load(request, ...rest);
  const require = createRequire(path.resolve(checkout, 'package.json'));
  const part = (name) => require(path.resolve(checkout, 'lib/linter/code-path-analysis', name));
  const CodePathAnalyzer = part('code-path-analyzer.js');
  const { makeDotArrows } = part('debug-helpers.js');
  Module._load = load;
  return {
    arrowsOf: makeDotArrows,
    /** Changes the program: their tree has parents and no parentheses. */
    pathsOf: (program, anchors) => theirs(CodePathAnalyzer, adapted(program), anchors),
  };
}

/** Their code paths by the node that owns the body, with the anchors of each segment in order. */
function theirs(CodePathAnalyzer, program, anchors) {
  const paths = [];
  const byPath = new Map();
  const current = new Map();
  const emit = (event, [codePath, node]) => {
    // The first argument of these is a segment.
    if (event.endsWith('SegmentStart')) current.get(analyzer.codePath).add(codePath);
    if (event.endsWith('SegmentEnd')) current.get(analyzer.codePath).delete(codePath);
    if (event === 'onCodePathStart') {
      current.set(codePath, new Set());
      const isField = codePath.origin === 'class-field-initializer';
      const owner = isField ? node.parent : node;
      byPath.set(codePath, { codePath, owner: keyOf(owner.type, owner.start, owner.end), events: new Map() });
    }
    if (event === 'onCodePathEnd') paths.push(byPath.get(codePath));
  };
  const analyzer = new CodePathAnalyzer({ emit, enterNode() {}, leaveNode: (node) => left(node) });
  function left(node) {
    const key = keyOf(node.type, node.start, node.end);
    if (!anchors.has(key)) return;
    const { events } = byPath.get(analyzer.codePath);
    for (const segment of current.get(analyzer.codePath))
      events.set(segment, [...(events.get(segment) ?? []), key]);
  }
  const visit = (node) => {
    analyzer.enterNode(node);
    eachChild(node, visit);
    analyzer.leaveNode(node);
  };
  visit(program);
  return paths;
}

/** Their tree has parents and no parentheses. */
function adapted(node, parent = null) {
  for (const [field, value] of Object.entries(node)) {
    if (Array.isArray(value)) node[field] = value.map((each) => bare(each));
    else node[field] = bare(value);
  }
  Object.defineProperty(node, 'parent', { value: parent, enumerable: false });
  eachChild(node, (child) => adapted(child, node));
  return node;
}

const bare = (value) => {
  let inner = value;
  while (inner?.type === 'ParenthesizedExpression') inner = inner.expression;
  return inner;
};

/** The anchors that come first in a segment, or in those after it. */
function firstOf(segment, events, codePath, seen = new Set()) {
  if (seen.has(segment)) return new Set();
  seen.add(segment);
  const own = events.get(segment);
  if (own) return new Set([own[0]]);
  const all = new Set();
  if (codePath.returnedSegments.includes(segment)) all.add('final');
  if (codePath.thrownSegments.includes(segment)) all.add('thrown');
  for (const next of segment.nextSegments)
    for (const each of firstOf(next, events, codePath, seen)) all.add(each);
  return all;
}

/** The anchors that come last in a segment, or in those before it. */
function lastOf(segment, events, codePath, seen = new Set()) {
  if (seen.has(segment)) return new Set();
  seen.add(segment);
  const own = events.get(segment);
  if (own) return new Set([own.at(-1)]);
  const all = new Set(segment === codePath.initialSegment ? ['initial'] : []);
  for (const before of segment.prevSegments) for (const each of lastOf(before, events, codePath, seen)) all.add(each);
  return all;
} // prettier-ignore

/** Their edges between segments that are reached, each as the pairs that lead over it. */
export function edgesOf({ codePath, events }) {
  const edges = [];
  const seen = new Set();
  const pairs = (froms, tos) => [...froms].flatMap((from) => [...tos].map((to) => [from, to]));
  const visit = (segment) => {
    if (seen.has(segment)) return;
    seen.add(segment);
    const last = lastOf(segment, events, codePath);
    for (const next of segment.nextSegments) {
      edges.push({ name: `${segment.id}->${next.id}`, pairs: pairs(last, firstOf(next, events, codePath)) });
      visit(next);
    }
    if (codePath.returnedSegments.includes(segment)) edges.push({ name: `${segment.id}->final`, pairs: pairs(last, ['final']) });
    if (codePath.thrownSegments.includes(segment)) edges.push({ name: `${segment.id}->thrown`, pairs: pairs(last, ['thrown']) });
  };
  edges.push({ name: `initial->${codePath.initialSegment.id}`, pairs: pairs(['initial'], firstOf(codePath.initialSegment, events, codePath)) });
  visit(codePath.initialSegment);
  return { edges, live: seen };
} // prettier-ignore

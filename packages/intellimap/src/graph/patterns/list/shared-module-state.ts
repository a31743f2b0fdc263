import { BindingKind, GLOBAL, Use } from '../../scopes/scopes.ts';
import { bareNode, childAt, Field, Kind, NONE, textOf } from '../../tree/tree.ts';
import { bindingOf, initOf, isModuleState, placesOf } from '../facts/bindings.ts';
import { handledBy } from '../facts/handlers.ts';
import { dotted, functionName } from '../facts/names.ts';
import { isAsync, nodesIn } from '../facts/places.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';
import type { Project } from '../project.ts';
import type { Source } from '../source.ts';

/** Whoever sets it up, or takes it down, runs alone. */
const SETS_UP = /^(?:init|setup|configure|set|reset|start|restart|stop|connect|disconnect|register|use|load|open|close|shutdown|boot|main|enable|disable|clear|refresh|reload|invalidate|warm|before|after)/i; // prettier-ignore
/** Shared on purpose, and no answer depends on it. */
const COUNTS = /(?:count|counter|total|hits|seq|id|uid|stats?|metrics?|now|time|last\w*At|cache\w*|cached\w*|memo\w*|promise|pending|inflight|timer|timeout|interval|instance|singleton|initiali[sz]ed|ready|started|loaded|shuttingDown|running|closed|enabled|warned\w*)$/i; // prettier-ignore

const isModules = condition(
  'writes a variable of the module, or a property of an object that it holds',
  (file, at) => {
    const binding = writtenBy(file, at);
    if (binding < 0 || !isModuleState(file, binding)) return false;
    return (
      !COUNTS.test(written(file, at)) && !COUNTS.test(file.tree.strings[file.scopes.bindings.name[binding]])
    );
  },
);

/** `a = …`, `a.b = …` */
function writtenBy(file: Source, at: number): number {
  const { tree, scopes } = file;
  const left = bareNode(tree, childAt(tree, at, Field.left));
  if (tree.kind[left] === Kind.Identifier) return bindingOf(file, left);
  if (tree.kind[left] !== Kind.MemberExpression || tree.text[at] !== 0 && textOf(tree, at) !== '=') return NONE; // prettier-ignore
  // `a[key] = …` keeps what belongs to the key.
  if ((tree.flags[left] & 1) !== 0) return NONE;
  const binding = bindingOf(file, childAt(tree, left, Field.object));
  const init = binding < 0 ? NONE : initOf(file, binding);
  const isPlain =
    init !== NONE &&
    tree.kind[init] === Kind.ObjectExpression &&
    scopes.bindings.kind[binding] === BindingKind.CONST;
  return isPlain ? binding : NONE;
}

const written = ({ tree }: Source, at: number): string => dotted(tree, childAt(tree, at, Field.left));

const perRequest = condition('with what one request brought, or between awaits', (file, at, project) => {
  const { tree } = file;
  const fn = functionOf(file, at);
  if (fn === 0 || isInPage(file) || setsUp(file, fn) || isLazy(file, at)) return false;
  const right = childAt(tree, at, Field.right);
  if (!bringsSomething(file, right, fn)) return false;
  return (
    isInHandler(file, fn, project) ||
    (isAsync(tree, fn) && nodesIn(tree, fn, Kind.AwaitExpression).length > 0)
  );
});

/** It, or a function around it. */
function setsUp(file: Source, fn: number): boolean {
  for (let at = fn; at !== 0; at = file.owner[at]) if (SETS_UP.test(functionName(file.tree, at))) return true;
  return false;
}

/** A page has one user. */
const isInPage = ({ tree, scopes }: Source): boolean =>
  tree.strings.some((text) => text === 'window' || text === 'document') &&
  scopes.bindingOf.some(
    (binding, at) => binding === GLOBAL && /^(?:window|document)$/.test(textOf(tree, at)),
  );

const functionOf = ({ owner }: Source, at: number): number => owner[at];

const isInHandler = (file: Source, fn: number, project: Project): boolean =>
  handledBy(project)({ file, node: fn }) !== null;

/** It reads what the function was given, or made: a constant is the same for all. */
function bringsSomething({ tree, scopes }: Source, right: number, fn: number): boolean {
  for (let at = right; at < tree.after[right]; at++) {
    const binding = scopes.bindingOf[at];
    if (binding < 0 || (scopes.use[at] & Use.READ) === 0) continue;
    const declared = scopes.bindings.node[binding];
    if (declared > fn && declared < tree.after[fn]) return true;
  }
  return false;
}

/** `a ??= …`, `if (!a) a = …`, `if (a) return a`: made once, for all. */
function isLazy({ tree, owner }: Source, at: number): boolean {
  if (textOf(tree, at) !== '=' && /^[?|&]/.test(textOf(tree, at))) return true;
  const name = dotted(tree, childAt(tree, at, Field.left));
  for (const test of nodesIn(tree, owner[at], Kind.IfStatement).map((each) =>
    childAt(tree, each, Field.test),
  )) {
    if (test > at) break;
    for (let each = test; each < tree.after[test]; each++) if (dotted(tree, each) === name) return true;
  }
  return false;
}

const isReadElsewhere = condition('which another function, or it itself later, reads', (file, at) => {
  const { tree, scopes } = file;
  const binding = writtenBy(file, at);
  return placesOf(file, binding).some((place) => {
    if ((scopes.use[place] & Use.READ) === 0 || file.owner[place] === 0) return false;
    const isTheWrite = place >= at && place < tree.after[at];
    return !isTheWrite && (file.owner[place] !== file.owner[at] || place > at);
  });
});

export const sharedModuleState = pattern({
  name: 'shared-module-state',
  kind: 'anti',
  what: 'What belongs to one request is kept in a variable that all requests share',
  why: 'Between two awaits another request writes it: one user sees what belongs to another',
  todo: 'hand it on as an argument, or keep it in the request, or in an AsyncLocalStorage',
  severity: 3,
  confidence: 'possible',
  match: node('AssignmentExpression')
    .where(isModules, perRequest, isReadElsewhere)
    .with('the write, and where it is declared', (file, at) => ({
      write: at,
      declared: file.scopes.bindings.node[writtenBy(file, at)],
    })),
  proof: { fact: 'shared' },
  told: ({ file, node: at }) => `writes ${written(file, at)}, which all calls share`,
});

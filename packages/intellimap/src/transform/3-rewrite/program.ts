/**
 * The module itself as a site.
 *
 * Its code cannot go into a try: imports and exports must stay at the top, and declarations would leave the module's scope. So it
 * says when it begins and when it reaches its end; one that throws leaves no word, and the reader infers it from what follows. A module
 * with a top-level await carries a frame. A wrapper function made by a host is a function like any other.
 */
import type { Goal, Node } from '../1-parse.ts';
import { hoistConflict } from '../2-analyze/hoisting.ts';
import { activation } from './activation.ts';
import { block, endsUnseen, giveUp, prologueEnd } from './visitors/functions.ts';
import { shapeOf } from './shapes.ts';
import type { Walk } from './walk.ts';

/** First of all in every module: makes sure that somebody reads the ring of this thread. */
const BEGIN = '$imB();';

/** All of them: bundlers leave out those that are not used. */
const NAMES = Array.from('BGOELAFXSDRMTCHVU', (letter) => `$im${letter}`).join();

/** The same where probes are imported, which module it is included. */
function begin({ imported, base, sites }: Walk, goal: Goal): string {
  if (imported === undefined) return BEGIN;
  const from = JSON.stringify(imported.from);
  const names = goal === 'module' ? `import{${NAMES}}from${from};` : `const{${NAMES}}=require(${from});`;
  return imported.modules ? `${names}$imB(${base},${sites.length});` : names;
}

export function visitProgram(program: Node, walk: Walk, goal: Goal, path: string): void {
  walk.push({
    id: walk.scope,
    kind: 'module',
    name: path,
    parent: -1,
    start: 0,
    end: walk.text.length,
    flags: '',
    body: [0, walk.text.length],
  });
  const fn = activation(0, false, false, 0);
  fn.open = true;
  walk.fn = fn;
  const statements: Node[] = program['body'];
  const { offset, semicolon } = prologueEnd(statements, firstOffset(walk.text), walk.text);
  const opener = walk.insert(offset, '');
  walk.visitAll(statements);
  if (fn.suspensions > 0) {
    fn.frame = true;
    walk.sites[0].flags = 'a';
  }
  endsUnseen(walk);
  // A declaration in a block has no completion value: what the script evaluates to stays.
  const valueless = (probe: string): string =>
    goal === 'script' ? probe.replace(/\$im.*(?=;)|\$im.*$/, '{let $imv=$&}') : probe;
  const first = begin(walk, goal);
  // A module that waits has to be told: what it waits for has effects, too.
  if (walk.imported?.modules === false && fn.suspensions === 0) return walk.fill(opener, semicolon + first);
  if (walk.tier === 'minimal')
    return walk.fill(opener, `${semicolon}${valueless(first)}${valueless(`$imH(${walk.base});`)}`);
  const last = statements.at(-1);
  const falls = last?.type !== 'ReturnStatement' && last?.type !== 'ThrowStatement';
  const shape = shapeOf(fn, walk, falls, ';');
  const closer = valueless(shape.closer);
  const empty = last === undefined || last['directive'] !== undefined;
  walk.fill(
    opener,
    semicolon + valueless(first) + valueless(shape.opener) + (empty ? `${closer.slice(1)};` : ''),
  );
  if (!empty) walk.insert(last.end, closer);
}

/** A hashbang line, or one that is a comment only because nothing stands before its `-->`; with its end, of which a half is a line, too. */
const FIRST_LINE = /^(?:#!|(?:[^\S\n\r]|\/\*[^\n\r]*?\*\/)*-->)[^\n\r\u2028\u2029]*(?:\r\n|[^]|$)/;

/** After a byte order mark, or a first line that must stay one. */
function firstOffset(text: string): number {
  const line = FIRST_LINE.exec(text);
  if (line) return line[0].length;
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

export function visitWrapped(host: Node, walk: Walk, path: string, from: number): void {
  const body: Node = host['body'];
  const flags = host['async'] ? 'a' : '';
  walk.push({
    id: walk.scope,
    kind: 'module',
    name: path,
    parent: -1,
    start: from,
    end: body.end - 1,
    flags,
    body: [from, body.end - 1],
  });
  walk.fn = activation(0, host['async'], host['generator'], 0);
  if (walk.tier === 'minimal') walk.fn.keep = 'count';
  walk.fn.open = hoistConflict(body['body'], host['params'], walk.text);
  const { offset, semicolon } = prologueEnd(body['body'], body.start + 1, walk.text);
  walk.insert(offset, semicolon + BEGIN);
  block(body['body'], body.start + 1, body.end - 1, walk);
  if (walk.fn.hasWith) giveUp(walk, '`with`');
  if (walk.fn.open) endsUnseen(walk);
}

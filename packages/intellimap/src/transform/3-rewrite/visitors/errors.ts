/**
 * `throw X` → `throw $imT(w,X)` · `catch(e){` → `catch(e){$imC(w,e);` · clauses that a rejected await or an answered yield may
 * land in first say that the frame is back on the stack. Tier `edges`: `$imC(w,e,$imk&&E)`, see `runsHere`.
 */
import type { Node } from '../../1-parse.ts';
import { afterWord } from '../../2-analyze/expressions.ts';
import { headOf } from '../../2-analyze/names.ts';
import { CAUGHT, ENTER, THROWN } from '../../words.ts';
import { lookAtThrown } from '../looks.ts';
import type { Walk } from '../walk.ts';
import { RESUMED } from './suspensions.ts';

export function throwStatement(node: Node, walk: Walk): void {
  const value: Node = node['argument'];
  walk.marks.push(node.start);
  const site = walk.site('throw', node, headOf(value));
  const sequence = value.type === 'SequenceExpression';
  const space = afterWord(walk.text, value.start) ? ' ' : '';
  const look = lookAtThrown(site, walk);
  walk.insert(value.start, `${space}$imT(${walk.word(THROWN, site)},${look.open}${sequence ? '(' : ''}`);
  walk.visit(value);
  walk.insert(value.end, `${sequence ? '))' : ')'}${look.close}`);
}

export function tryStatement(node: Node, walk: Walk): void {
  const { fn } = walk;
  const finalizer: Node | null = node['finalizer'];
  const before = fn.suspensions;
  const lands = (): boolean => fn.suspensions > before && walk.tells;
  if (finalizer) fn.closing++;
  fn.tries++;
  walk.visit(node['block']);
  if (node['handler']) {
    walk.landsSuspended = lands();
    walk.visit(node['handler']);
  }
  if (finalizer) {
    fn.closing--;
    if (lands()) walk.insert(finalizer.start + 1, RESUMED);
    finally_(finalizer, walk);
  }
  fn.tries--;
}

/** A `return` in a finally may itself be given up, and then the value that was on its way before goes on. */
function finally_(block: Node, walk: Walk): void {
  const { returns } = walk.fn;
  const before = returns.length;
  const start = walk.insert(block.start + 1, '');
  walk.visit(block);
  const end = walk.insert(block.end - 1, '');
  if (returns.length > before) walk.fn.finals.push({ start, end });
}

/** Tier `edges`: here its function runs, whatever failed below it; nothing where that has no gate, or it is closed. */
function runsHere(walk: Walk): string {
  const { tier, fn } = walk;
  if (tier !== 'edges' || fn.keep !== 'calls' || (fn.site === 0 && fn.open)) return '';
  return `,${fn.frame ? '$imf' : '$imk'}&&${walk.word(ENTER, fn.site)}`;
}

export function catchClause(node: Node, walk: Walk): void {
  const param: Node | null = node['param'];
  const body: Node = node['body'];
  const site = walk.site('catch', node, param?.type === 'Identifier' ? param['name'] : '');
  const resumed = walk.landsSuspended ? RESUMED : '';
  const word = walk.word(CAUGHT, site);
  if (!param) {
    // A binding where there was none is seen by nobody; the name is free in the whole file.
    walk.insert(body.start, '($ime)');
    walk.insert(body.start + 1, `${resumed}$imC(${word},$ime${runsHere(walk)});`);
  } else {
    walk.visit(param);
    const here = runsHere(walk);
    const value = param.type === 'Identifier' ? `,${param['name']}` : here && ',void 0';
    walk.insert(body.start + 1, `${resumed}$imC(${word}${value}${here});`);
  }
  walk.visit(body);
}

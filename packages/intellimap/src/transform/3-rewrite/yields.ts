/**
 * A `yield` that is a statement of its own, in a generator without a try around it. Only a clause right there tells that its consumer answers with
 * throw() and not return(); what it yields is evaluated before, so that no other exception passes through the clause and moves the line that Node quotes:
 *
 *   yield X;     {/* yield *\/ const $imy=(0, X);try{$imR(w,$imf,yield $imS(w,$imf,$imy,$imk=LEAVE),$imk=THROW)}catch($ime){…;throw $ime};}
 *
 * In generators of other shapes it is as in `visitors/suspensions.ts`.
 */
import type { Node } from '../1-parse.ts';
import { RESUME, SUSPEND } from '../words.ts';
import type { Activation } from './activation.ts';
import type { Walk } from './walk.ts';

/** Slots: before the keyword, behind it, before the operand, behind it, behind the statement. */
export interface StatementYield {
  site: number;
  start: number;
  keyword: number;
  /** -1: there is none. */
  operand: number;
  end: number;
  close: number;
  /** What keeps the operand apart from the keyword. */
  space: string;
}

const KEYWORD = 'yield'.length;

/** To be called while the statement is visited; `operand` visits what is yielded. */
export function statementYield(
  node: Node,
  site: number,
  space: string,
  walk: Walk,
  operand: () => void,
): void {
  const value: Node | null = node['argument'];
  const start = walk.insert(node.start, '');
  const keyword = walk.insert(node.start + KEYWORD, '');
  const before = value ? walk.insert(value.start, '') : -1;
  operand();
  // The place of an exception that the consumer throws in here is that of the statement.
  const end = walk.insert(node.end, '', node.start);
  walk.fn.statementYields.push({ site, start, keyword, operand: before, end, close: -1, space });
}

/** Behind a statement that is a `yield`. */
export function endStatementYield(statement: Node, walk: Walk): void {
  walk.fn.statementYields.at(-1)!.close = walk.insert(statement.end, '');
}

/** @param marks what says that a return() would end it here, and that an exception would; none: the shape has another way */
export function fillYields(fn: Activation, walk: Walk, marks?: { left: string; threw: string }): void {
  for (const each of fn.statementYields) {
    const resume = `$imR(${walk.word(RESUME, each.site)},$imf,`;
    const suspend = `$imS(${walk.word(SUSPEND, each.site)},$imf,`;
    const isEmpty = each.operand < 0;
    if (marks === undefined) {
      walk.fill(each.start, resume);
      if (isEmpty) walk.fill(each.end, ` ${suspend}void 0))`);
      else {
        walk.fill(each.operand, each.space + suspend);
        walk.fill(each.end, '))');
      }
      continue;
    }
    const { left, threw } = marks;
    const value = isEmpty ? 'void 0' : '$imy';
    walk.fill(each.start, '{/*');
    walk.fill(each.keyword, isEmpty ? '*/' : '*/const $imy=(0,');
    walk.fill(
      each.end,
      `${isEmpty ? '' : ');'}try{${resume}yield ${suspend}${value},${left}),${threw})}catch($ime){$imM(${RESUME},$imf);${threw};throw $ime}`,
    );
    walk.fill(each.close, '}');
  }
}

/**
 * The probes around a function's body. Every shape tells exactly how the function was left; they differ in what it takes:
 *
 *   plain     {{var $imk=$imG[g]?$imO(E):$imE(E)}try{ BODY;$imk&=-2}finally{$imk&&$imL($imk)}}
 *             `$imk` is the word to leave with: THROW until the operand of a `return` was evaluated or the end was reached, LEAVE from then on
 *             (THROW is LEAVE + 1). It is 0 where the function's gate `$imG[g]` was closed when it began, and stays 0: what was not told to begin does not end.
 *   labelled  …try{$imb:{ BODY;$imv=void 0}$imk&=-2;return $imv}finally{…}
 *             when something runs between a `return` and the end of the function and may fail or replace it (a user's `finally`,
 *             the closing of an iterator, the disposal of a `using`): each `return X` stores its value and breaks out first.
 *             Where there is no `return` there is no `$imv` either: static blocks may not hold one.
 *   caught    {var $imk=L}…try{ BODY }catch($ime){$imk=T;throw $ime}finally{$imX($imk,$imf)}
 *             generators whose consumer may answer with throw(): nothing else tells throw() from return(); and derived constructors
 *             in place of `labelled`: whether `return` looks at `this` before or after a `finally` is the engine's. The rethrow moves
 *             the line that Node quotes for an uncaught error, so it is kept to those; other generators are `plain` and say LEAVE while they
 *             wait in a `yield`, which has a clause of its own for throw() (yields.ts).
 *             A derived constructor that may return before `super` fails only behind its end, where no code stands. Its `finally` looks whether
 *             there is a `this`, in a try of its own, and leaves the exception to the engine, with its place and moment.
 *   trivial   {$imG[g]?$imO(L):$imA(E)} for bodies that cannot throw.
 *   open      no try, when one would change the program: exceptions leave no word, the reader infers them from what follows.
 *   hit       $imH(site) (tier `minimal`).
 *
 * Tier `edges` has the same text, where `$imk` holds the caller instead of the word to leave with. A module that has no `$imk` is told by `$imF` and
 * `$imX`, async functions by `$imF(word,1)`.
 *
 * Async functions and generators carry a frame in `$imf`: `$imF`/`$imX` in place of `$imE`/`$imL`. There the frame is 0 behind a closed
 * gate, and `$imk` is spelled out. A module that is no function has no `$imk`: its variables may be everybody's.
 */
import type { Activation, Return } from './activation.ts';
import { ENTER, FRAME_ENTER, FRAME_LEAVE, FRAME_THROW, LEAVE } from '../words.ts';
import { lookedAt, lookedReturn, ownVariables } from './looks.ts';
import type { Walk } from './walk.ts';
import { fillYields } from './yields.ts';

export interface Words {
  /** What comes first in the body. */
  enter: string;
  /** From here on the function counts as left by `return`; as left by an exception. Expressions. */
  left: string;
  threw: string;
  /** Writes the last word of the activation: that of a return, or what `left` and `threw` made of it. Expressions. */
  leave: string;
  leaveAsMarked: string;
}

/** What `$imk` says at first: that the function was left by an exception, by a return, or nothing. */
type Mark = 'threw' | 'left' | 'none';

/** @param variables of the body beside `$imk` */
export function wordsOf(fn: Activation, walk: Walk, mark: Mark, ...variables: string[]): Words {
  const word = (kind: number): number => walk.word(kind, fn.site);
  if (fn.frame) {
    const [left, threw] = [word(FRAME_LEAVE), word(FRAME_THROW)];
    const marked = mark === 'none' ? [] : [`$imk=${mark === 'left' ? left : threw}`];
    const own = [...marked, ...variables].join();
    return {
      enter:
        aside(
          fn,
          `var $imf=${gated(fn, walk, FRAME_ENTER, `$imF(${word(FRAME_ENTER)}${goesOnAlone(fn, walk)})`)}`,
        ) + (own && aside(fn, `var ${own}`)),
      left: `$imk=${left}`,
      threw: `$imk=${threw}`,
      leave: `$imX(${left},$imf)`,
      leaveAsMarked: '$imX($imk,$imf)',
    };
  }
  if (fn.site === 0 && fn.open) {
    const own = variables.join();
    const isToken = walk.tier === 'edges';
    return {
      enter: aside(fn, `${isToken ? '$imF' : '$imE'}(${word(ENTER)})`) + (own && aside(fn, `var ${own}`)),
      left: '',
      threw: '',
      leave: isToken ? `$imX(${word(LEAVE)},0)` : `$imL(${word(LEAVE)})`,
      leaveAsMarked: '',
    };
  }
  const entered = gated(fn, walk, ENTER, `$imE(${word(ENTER)})`);
  return {
    enter: aside(fn, `var ${[`$imk=${mark === 'left' ? `-2&(${entered})` : entered}`, ...variables].join()}`),
    left: '$imk&=-2',
    threw: '$imk&&($imk|=1)',
    leave: '$imk&&$imL($imk&-2)',
    leaveAsMarked: '$imk&&$imL($imk)',
  };
}

/** Tier `edges`: an async function, no generator, goes on when the stack is empty. */
const goesOnAlone = (fn: Activation, walk: Walk): string =>
  walk.tier === 'edges' && !fn.isGenerator ? ',1' : '';

/**
 * The gate stands here, not in the probe: with it, probes are longer than what V8 inlines without charge (27 bytes of bytecode), and whoever calls
 * many small functions pays. Measured on the TypeScript compiler, Node 24: open 1.5 against 1.65 of the plain time, closed 1.17 against 1.4.
 * @param kind of the word for the other probe, which thereby knows which one it stands in place of
 */
const gated = (fn: Activation, walk: Walk, kind: number, probe: string): string =>
  `$imG[${walk.gate(fn.site)}]?$imO(${walk.word(kind, fn.site)}):${probe}`;

/** All the words of a body that cannot throw. */
export function trivialWords(fn: Activation, walk: Walk): string {
  if (!fn.frame) return aside(fn, gated(fn, walk, LEAVE, `$imA(${walk.word(ENTER, fn.site)})`));
  const { enter, leave } = wordsOf(fn, walk, 'none');
  return `${enter}{${leave}}`;
}

/**
 * A statement in front of a function's body. It has no semicolon: from Node 22 on, `assert.ok` quotes the line of its call, in which functions may
 * begin, and stumbles over semicolons. What a script begins with counts for its value: there it is no block.
 */
const aside = (fn: Activation, text: string): string => (fn.site === 0 ? `${text};` : `{${text}}`);

export interface Shape {
  opener: string;
  closer: string;
}

/** `falls`: control can reach the end of the body. `semicolon`: what to put between the last statement and an insertion. */
export function shapeOf(fn: Activation, walk: Walk, falls: boolean, semicolon: string): Shape {
  const looks = lookedAt(fn, walk);
  const returned = fn.returns.some((r) => r.what === 'value' || (r.what === 'safe' && fn.mayLackThis))
    ? ['$imv']
    : [];
  const valued = [...returned, ...ownVariables(fn)];
  if (fn.open) {
    const { enter, leave } = wordsOf(fn, walk, 'none', ...valued);
    fillYields(fn, walk);
    fillReturns(fn, walk, (r) => openReturn(r, leave));
    return { opener: enter + looks, closer: falls ? `${semicolon}${leave}` : '' };
  }
  const answered = fn.isGenerator && (fn.answered || fn.leavesLate || fn.isAsync);
  if (answered || (fn.derived && fn.leavesLate)) {
    const { enter, threw, leaveAsMarked } = wordsOf(fn, walk, 'left', ...ownVariables(fn));
    fillYields(fn, walk);
    fillReturns(fn, walk, (r) => lookedReturn(fn, r));
    return {
      opener: `${enter}try{${looks}`,
      closer: `}catch($ime){${threw};throw $ime}finally{${thisOrNot(fn, returned.length > 0)}${leaveAsMarked}}`,
    };
  }
  if (fn.leavesLate) {
    const returns = fn.returns.length > 0;
    const result = returns ? ['$imv'] : [];
    const { enter, left, leaveAsMarked } = wordsOf(fn, walk, 'threw', ...result, ...ownVariables(fn));
    fillReturns(fn, walk, labelledReturn);
    for (const { start, end } of fn.finals) {
      walk.fill(start, 'const $imq=$imv;');
      walk.fill(end, ';$imv=$imq');
    }
    const end = falls ? `${semicolon}${returns ? '$imv=void 0' : ''}` : '';
    return {
      opener: `${enter}try{${looks}$imb:{`,
      closer: `${end}}${left}${returns ? ';return $imv' : ''}}finally{${leaveAsMarked}}`,
    };
  }
  const { enter, left, threw, leaveAsMarked } = wordsOf(fn, walk, 'threw', ...valued);
  for (const { before, after } of fn.yields) {
    walk.fill(before, `,${left}`);
    walk.fill(after, `,${threw})`);
  }
  fillYields(fn, walk, { left, threw });
  fillReturns(fn, walk, (r) => plainReturn(r, left, fn.mayLackThis));
  return {
    opener: `${enter}try{${looks}`,
    closer: `${falls ? `${semicolon}${left}` : ''}}finally{${thisOrNot(fn, false)}${leaveAsMarked}}`,
  };
}

/**
 * What is returned where there is no `this` decides: nothing fails, an object does not.
 * @param isUnknown what is returned is not in `$imv`
 */
function thisOrNot(fn: Activation, isUnknown: boolean): string {
  if (!fn.mayLackThis || isUnknown) return '';
  const nothing = fn.returns.some((r) => r.what !== 'none') ? '&&$imv===void 0' : '';
  return `if($imk&&!($imk&1)${nothing})try{this}catch($ime){$imk|=1}`;
}

export type ReturnText = Partial<Record<'statement' | 'keyword' | 'operand' | 'end', string>>;

function fillReturns(fn: Activation, walk: Walk, textOf: (r: Return) => ReturnText): void {
  for (const r of fn.returns) {
    const text = textOf(r);
    for (const place of ['statement', 'keyword', 'operand', 'end'] as const) {
      if (text[place]) walk.fill(r[place], text[place]);
    }
  }
}

function plainReturn(r: Return, left: string, isKept: boolean): ReturnText {
  if (r.what === 'none') return { statement: `{${left};`, end: '}' };
  if (r.what === 'safe' && !isKept) return { keyword: ` ${left},` };
  return { keyword: ` $imv=${r.open}`, operand: `${r.close},${left},$imv` };
}

/** The keyword is commented out, which spares this rewriter every kind of removal. */
function labelledReturn(r: Return): ReturnText {
  if (r.what === 'none') return { statement: '{$imv=void 0;break $imb;', end: '}' };
  const open = r.what === 'safe' ? '(0,' : r.open;
  const close = r.what === 'safe' ? ')' : r.close;
  return { statement: '{/*', keyword: `*/$imv=${open}`, operand: close, end: ';break $imb}' };
}

function openReturn(r: Return, leave: string): ReturnText {
  if (r.what === 'none') return { statement: `{${leave};`, end: '}' };
  if (r.what === 'safe') return { keyword: ` ${leave},` };
  return { keyword: ` $imv=${r.open}`, operand: `${r.close},${leave},$imv` };
}

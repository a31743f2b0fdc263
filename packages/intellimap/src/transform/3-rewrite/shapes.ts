/**
 * The probes around a function's body. Every shape tells exactly how the function was left; they differ in what it takes:
 *
 *   plain     {{$imE(E)}{var $imk=T}try{ BODY;$imk=L}finally{$imL($imk)}}
 *             `$imk` says THROW until the operand of a `return` was evaluated or the end was reached.
 *   labelled  …try{$imb:{ BODY;$imv=void 0}$imk=L;return $imv}finally{…}
 *             when something runs between a `return` and the end of the function and may fail or replace it (a user's `finally`,
 *             the closing of an iterator, the disposal of a `using`): each `return X` stores its value and breaks out first.
 *   caught    …{var $imk=L}try{ BODY }catch($ime){$imk=T;throw $ime}finally{$imX($imk,$imf)}
 *             generators whose consumer may answer with throw(): nothing else tells throw() from return(); and derived constructors
 *             in place of `labelled`: whether `return` looks at `this` before or after a `finally` is the engine's. The rethrow moves
 *             the line that Node quotes for an uncaught error, so it is kept to those; other generators are `plain` and say LEAVE while they
 *             wait in a `yield`.
 *   trivial   {$imE(E)}{$imL(L)} for bodies that cannot throw.
 *   open      no try, when one would change the program: exceptions leave no word, the reader infers them from what follows.
 *   hit       $imH(site) (tier `minimal`).
 *
 * Async functions and generators carry a frame in `$imf`: `$imF`/`$imX` in place of `$imE`/`$imL`.
 */
import type { Activation, Return } from './activation.ts';
import { ENTER, FRAME_ENTER, FRAME_LEAVE, FRAME_THROW, LEAVE, THROW } from '../words.ts';
import type { Walk } from './walk.ts';

export interface Words {
  enter: string;
  left: number;
  threw: number;
  /** Writes the last word of the activation. */
  leave: (word: number | string) => string;
}

export function wordsOf(fn: Activation, walk: Walk): Words {
  const word = (kind: number): number => walk.word(kind, fn.site);
  if (!fn.frame) {
    return {
      enter: aside(fn, `$imE(${word(ENTER)})`),
      left: word(LEAVE),
      threw: word(THROW),
      leave: (w) => `$imL(${w})`,
    };
  }
  return {
    enter: aside(fn, `var $imf=$imF(${word(FRAME_ENTER)})`),
    left: word(FRAME_LEAVE),
    threw: word(FRAME_THROW),
    leave: (w) => `$imX(${w},$imf)`,
  };
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
  const words = wordsOf(fn, walk);
  const { enter, left, threw, leave } = words;
  const valued = fn.returns.some((r) => r.what === 'value');
  if (fn.open) {
    fillReturns(fn, walk, (r) => openReturn(r, leave(left)));
    return {
      opener: `${enter}${valued ? aside(fn, 'var $imv') : ''}`,
      closer: falls ? `${semicolon}${leave(left)}` : '',
    };
  }
  const answered = fn.isGenerator && (fn.answered || fn.leavesLate || fn.isAsync);
  if (answered || (fn.derived && fn.leavesLate)) {
    return {
      opener: `${enter}${aside(fn, `var $imk=${left}`)}try{`,
      closer: `}catch($ime){$imk=${threw};throw $ime}finally{${leave('$imk')}}`,
    };
  }
  if (fn.leavesLate) {
    fillReturns(fn, walk, labelledReturn);
    for (const { start, end } of fn.finals) {
      walk.fill(start, 'const $imq=$imv;');
      walk.fill(end, ';$imv=$imq');
    }
    const end = falls ? `${semicolon}$imv=void 0` : '';
    return {
      opener: `${enter}${aside(fn, `var $imk=${threw},$imv`)}try{$imb:{`,
      closer: `${end}}$imk=${left};return $imv}finally{${leave('$imk')}}`,
    };
  }
  for (const { before, after } of fn.yields) {
    walk.fill(before, `,$imk=${left}`);
    walk.fill(after, `,$imk=${threw})`);
  }
  fillReturns(fn, walk, (r) => plainReturn(r, left));
  return {
    opener: `${enter}${aside(fn, `var $imk=${threw}${valued ? ',$imv' : ''}`)}try{`,
    closer: `${falls ? `${semicolon}$imk=${left}` : ''}}finally{${leave('$imk')}}`,
  };
}

type ReturnText = Partial<Record<'statement' | 'keyword' | 'operand' | 'end', string>>;

function fillReturns(fn: Activation, walk: Walk, textOf: (r: Return) => ReturnText): void {
  for (const r of fn.returns) {
    const text = textOf(r);
    for (const place of ['statement', 'keyword', 'operand', 'end'] as const) {
      if (text[place]) walk.fill(r[place], text[place]);
    }
  }
}

function plainReturn(r: Return, left: number): ReturnText {
  if (r.what === 'none') return { statement: `{$imk=${left};`, end: '}' };
  if (r.what === 'safe') return { keyword: ` $imk=${left},` };
  return { keyword: ` $imv=${r.open}`, operand: `${r.close},$imk=${left},$imv` };
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

/**
 * The log of a thread → its calls, in order of beginning: who was on the stack when each began, and how it was left.
 *
 * Programs say when a call begins, ends, gives up the stack and comes back. What they need not say follows: a call that is above
 * one that caught an exception was left by it, and nothing survives the end of a turn of the event loop but what is suspended.
 */
import { TrueStack } from './stack.mjs';

/**
 * @typedef {object} Call
 * @property {string} file
 * @property {number} fn number of the function within its file
 * @property {Call | null} parent
 * @property {'returned' | 'threw' | 'open'} outcome
 * @property {number} suspensions
 * @property {boolean} isGuess it was gone from the stack without a word
 * @property {boolean} failed an exception is on its way out
 * @property {'' | 'for await' | 'yield*'} leaving it gives up the stack as soon as the iterator that it calls is suspended
 * @property {boolean} onGenerator the iterator is the object of a generator
 * @property {Call | null} outer what comes back below it
 */

/**
 * @param {unknown[][]} ops of one thread
 * @param {(call: Call) => boolean} isAsync
 * @param {boolean} strict see KNOWN in `../truth.mjs`
 * @returns {{ calls: Call[], errors: number }}
 */
export function treeOf(ops, isAsync, strict) {
  const log = new Log(isAsync, strict);
  for (const [op, ...args] of ops) log[op](...args);
  log.turn();
  return { calls: [...log.calls.values()], errors: log.errors };
}

/** One method for each word of `log.cjs`. */
class Log {
  /** id → call, in order of beginning */
  calls = new Map();
  errors = 0;
  #stack = new TrueStack();
  #marks = [];
  /** Calls of `next()` and the like of async generators that are going on. */
  #brackets = 0;
  #isAsync;
  #strict;

  constructor(isAsync, strict) {
    this.#isAsync = isAsync;
    this.#strict = strict;
  }

  in(id, file, fn) {
    const parent = this.#stack.caller(this.#strict);
    const fresh = {
      outcome: 'open',
      suspensions: 0,
      isGuess: false,
      failed: false,
      leaving: '',
      onGenerator: false,
      outer: null,
    };
    const call = { file, fn, parent, ...fresh };
    this.calls.set(id, call);
    this.#stack.push(call);
  }

  left(file, fn) {
    const top = this.#stack.top();
    if (top?.file !== file || top.fn !== fn)
      throw misfit(`${file} ${fn} returns, on top is ${top?.file} ${top?.fn}`);
    this.#end(top, 'returned');
  }

  out(id) {
    this.#end(this.calls.get(id), 'returned');
  }

  fails(id) {
    this.calls.get(id).failed = true;
  }

  end(id) {
    const call = this.calls.get(id);
    this.#end(call, call.failed ? 'threw' : 'returned');
  }

  /** A generator was asked to `return()`, and did; it may not even have begun. */
  closed(id) {
    const call = this.calls.get(id);
    if (call?.outcome === 'open') this.#end(call, 'returned');
  }

  /** A generator was asked to `throw()` or `return()`, and threw. */
  broke(id) {
    const call = this.calls.get(id);
    if (call?.outcome !== 'open') return;
    this.#end(call, 'threw');
  }

  off(id) {
    this.#suspend(this.calls.get(id));
  }

  yields(id) {
    this.#suspend(this.calls.get(id));
  }

  loops(id, onGenerator) {
    this.#leaves(this.calls.get(id), 'for await', onGenerator);
  }

  delegates(id, onGenerator) {
    this.#leaves(this.calls.get(id), 'yield*', onGenerator);
  }

  back(id) {
    this.turn();
    this.#resume(this.calls.get(id));
  }

  /** A getter is read of what was awaited. */
  early(id) {
    this.back(id);
  }

  again(id) {
    this.#comeBack(this.calls.get(id));
  }

  caught(id) {
    this.#comeBack(this.calls.get(id));
  }

  /** An async function's promise: some cannot tell that what they awaited was rejected. */
  settled(id, outcome) {
    this.turn();
    const call = this.calls.get(id);
    // Parameters that fail are no call, and one that returns a promise has returned, whatever becomes of that.
    if (!call || (call.outcome === 'returned' && outcome === 'threw')) return;
    // A return that is followed by a finally clause is not told.
    if (call.isGuess || (call.outcome === 'open' && outcome === 'threw')) call.outcome = outcome;
    if (call.outcome !== outcome)
      throw misfit(`${call.file} ${call.fn} ${call.outcome}, its promise ${outcome}`);
  }

  /** Between two turns of the event loop the stack is empty. */
  turn() {
    this.#stack.unwind(0);
  }

  mark() {
    this.#marks.push(this.#stack.depth);
  }

  unmark() {
    this.#stack.unwind(this.#marks.pop());
  }

  will() {
    this.#brackets += 1;
  }

  did() {
    this.#brackets -= 1;
  }

  error() {
    this.errors += 1;
  }

  #leaves(call, how, onGenerator) {
    this.#stack.backTo(call);
    call.leaving = how;
    call.onGenerator = onGenerator;
    call.suspensions += 1;
  }

  #end(call, outcome) {
    if (call.outcome !== 'open') throw misfit(`${call.file} ${call.fn} ends twice`);
    if (this.#stack.has(call)) this.#stack.pop(call);
    call.outcome = outcome;
  }

  #suspend(call) {
    if (!this.#stack.has(call)) throw misfit(`${call.file} ${call.fn} is suspended twice`);
    this.#stack.suspend(call);
    call.suspensions += 1;
  }

  /** An async call comes back in a turn of its own, a generator where it was asked to. */
  #comeBack(call) {
    if (this.#stack.has(call)) {
      this.#stack.backTo(call);
      call.leaving = '';
      return;
    }
    if (this.#isAsync(call) && this.#brackets === 0) this.turn();
    this.#resume(call);
  }

  #resume(call) {
    if (call.outcome !== 'open') throw misfit(`${call.file} ${call.fn} comes back after its end`);
    this.#stack.resume(call);
  }
}

const misfit = (text) => new Error(`the log does not fit: ${text}`);

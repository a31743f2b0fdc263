/** What is on a thread's stack, in truth; its entries are calls of `tree.mjs`. */
export class TrueStack {
  /** Outermost first. */
  #calls = [];

  get depth() {
    return this.#calls.length;
  }

  top() {
    return this.#calls.at(-1);
  }

  has(call) {
    return this.#calls.includes(call);
  }

  /** @param {boolean} strict whether what is about to give up the stack may also call what is no generator */
  caller(strict) {
    return this.#calls.findLast((call) => strict || call.leaving === '' || call.onGenerator) ?? null;
  }

  push(call) {
    this.#calls.push(call);
  }

  /** Everything above it was left by an exception. */
  backTo(call) {
    this.unwind(this.#calls.indexOf(call) + 1);
  }

  pop(call) {
    this.backTo(call);
    this.#calls.pop();
    // Who awaits what an iterator gives waits from now on.
    while (this.top()?.leaving === 'for await') this.#calls.pop();
  }

  /** What is above was left by an exception; but a loop goes on when the iterator that it called is suspended. */
  unwind(depth) {
    while (this.#calls.length > depth) {
      const call = this.#calls.pop();
      if (call.leaving === 'for await') continue;
      call.outcome = 'threw';
      call.isGuess = true;
    }
  }

  /** It gives up the stack now, and so does whoever delegates to it. */
  suspend(call) {
    this.pop(call);
    let inner = call;
    while (this.top()?.leaving === 'yield*') {
      inner.outer = this.#calls.pop();
      inner = inner.outer;
    }
  }

  /** It comes back, on top of those that delegate to it. */
  resume(call) {
    this.#pushOuter(call);
    call.leaving = '';
    this.push(call);
  }

  #pushOuter(call) {
    const { outer } = call;
    call.outer = null;
    if (outer?.outcome !== 'open' || outer.leaving !== 'yield*') return;
    this.#pushOuter(outer);
    this.push(outer);
  }
}

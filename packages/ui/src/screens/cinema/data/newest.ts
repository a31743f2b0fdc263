/**
 * Questions that change faster than they are answered: while a person drags, only the newest matters. One is on its way at a time; what
 * was asked meanwhile is forgotten but for the last, and the old answer stays until there is a new one. No host API.
 */

export interface NewestOptions<Ask, Answer> {
  answer(ask: Ask, signal: AbortSignal): Promise<Answer>;
  /** A new answer is there; `ask` is what it was asked by. */
  onAnswer(answer: Answer, ask: Ask): void;
  /** It failed, and no newer one waits. */
  onFailure(error: Error, ask: Ask): void;
  /** `wait`: what is on its way is let finish (scrubbing: each answer is shown). `cancel`: it is of no use any more (a window that was left). */
  late: 'wait' | 'cancel';
  /** Whether anything is on its way. */
  onBusy?(isBusy: boolean): void;
}

export class Newest<Ask, Answer> {
  readonly #options: NewestOptions<Ask, Answer>;
  #running: { ask: Ask; ending: AbortController } | null = null;
  #next: { ask: Ask } | null = null;
  #isOver = false;

  constructor(options: NewestOptions<Ask, Answer>) {
    this.#options = options;
  }

  /** Asks, now or when what is on its way has come. */
  want(ask: Ask): void {
    if (this.#isOver) return;
    this.#next = { ask };
    if (this.#running === null) this.#begin();
    else if (this.#options.late === 'cancel') this.#running.ending.abort();
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Nothing is told any more until something is wanted again. */
  cancel(): void {
    this.#next = null;
    this.#running?.ending.abort();
  }

  /** Nothing is told any more. */
  end(): void {
    this.#isOver = true;
    this.cancel();
  }

  #begin(): void {
    const { ask } = this.#next!;
    this.#next = null;
    const ending = new AbortController();
    this.#running = { ask, ending };
    this.#options.onBusy?.(true);
    const { signal } = ending;
    void this.#options.answer(ask, signal).then(
      (answer) => this.#finish(signal, () => this.#options.onAnswer(answer, ask)),
      (error: Error) =>
        this.#finish(signal, () => {
          if (this.#next === null) this.#options.onFailure(error, ask);
        }),
    );
  }

  #finish(signal: AbortSignal, tell: () => void): void {
    this.#running = null;
    if (!signal.aborted && !this.#isOver) tell();
    // `tell` may have wanted something itself.
    if (this.#running !== null) return;
    if (this.#next !== null && !this.#isOver) this.#begin();
    else this.#options.onBusy?.(false);
  }
}

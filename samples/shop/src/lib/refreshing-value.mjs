/**
 * A value that is loaded once at start and again on a timer, so that readers never wait.
 * A failed refresh keeps the last good value and is reported.
 */
export class RefreshingValue {
  #load;
  #value;
  #timer;
  #onError;

  constructor(load, onError) {
    this.#load = load;
    this.#onError = onError;
  }

  get value() {
    return this.#value;
  }

  async start(everyMs) {
    this.#value = await this.#load();
    this.#timer = setInterval(() => this.#refresh(), everyMs);
    this.#timer.unref();
  }

  stop() {
    clearInterval(this.#timer);
  }

  async #refresh() {
    try {
      this.#value = await this.#load();
    } catch (error) {
      this.#onError(error);
    }
  }
}

// A method called next, and no parameter.
export class Numbers {
  #at = 0;

  next() {
    return { value: this.#at++, done: false };
  }
}

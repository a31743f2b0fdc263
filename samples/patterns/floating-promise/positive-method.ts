// A method of the same class.
export class Session {
  #dirty = false;

  async save() {
    await fetch('/session', { method: 'PUT' });
    this.#dirty = false;
  }

  touch() {
    this.#dirty = true;
    this.save();
  }
}

// One for each object, not one for all.
class Index {}

export class Document {
  #index: Index | undefined;

  get index() {
    this.#index ??= new Index();
    return this.#index;
  }
}

// A class with a set of listeners.
export class Thermometer {
  #listeners = new Set<(degrees: number) => void>();

  subscribe(listener: (degrees: number) => void) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  measure(degrees: number) {
    for (const listener of this.#listeners) listener(degrees);
  }
}

/** Runs tasks one after the other, in the order they came. */
export class Mutex {
  #tail = Promise.resolve();

  run(task) {
    const result = this.#tail.then(task);
    // The next task must run whatever became of this one.
    this.#tail = result.then(ignore, ignore);
    return result;
  }
}

function ignore() {}

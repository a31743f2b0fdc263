// Another way to write queueMicrotask.
export function later(run: () => void) {
  Promise.resolve().then(run);
}

// A list of workers, made at once.
const workers = Array.from({ length: 4 }, () => new Worker(new URL('./work.js', import.meta.url)));
let at = 0;

export function post(task: unknown) {
  workers[at++ % workers.length]!.postMessage(task);
}

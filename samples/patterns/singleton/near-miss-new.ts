// A new one each time, kept for who looks at the last.
class Job {}

export let last: Job;

export function start() {
  last = new Job();
  return last;
}

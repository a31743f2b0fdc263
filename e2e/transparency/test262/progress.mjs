/** How far it is: one line that is overwritten on a terminal, a line now and then elsewhere. */

const SHARE = 20;

export function progress(name, total) {
  let done = 0;
  let told = 0;
  const started = performance.now();
  return (more) => {
    done += more;
    const seconds = (performance.now() - started) / 1000;
    const left = Math.round((seconds / done) * (total - done));
    const line = `${name}: ${done} of ${total} runs, ${Math.round(seconds)} s, about ${left} s left`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${line}\u001B[K${done === total ? '\n' : ''}`);
    } else if (done === total || done - told >= total / SHARE) {
      told = done;
      console.error(line);
    }
  };
}

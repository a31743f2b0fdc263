const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export async function sleepyDouble(n) {
  await sleep(n);
  await null;
  return n * 2;
}

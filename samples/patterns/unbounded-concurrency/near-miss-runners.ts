// Four runners share one list.
export async function drain(jobs: (() => Promise<void>)[]) {
  const runners = Array.from({ length: 4 }, async () => {
    for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) await job();
  });
  await Promise.all(runners);
}

// One more for each job.
export async function runJob(job: { work(): Promise<void>; cancel(): void }) {
  process.on('SIGTERM', () => job.cancel());
  await job.work();
}

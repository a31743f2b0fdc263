// It is told to a log, and to the caller.
export async function send(post: () => Promise<void>, log: { warn(text: string, error: unknown): void }) {
  try {
    await post();
    return true;
  } catch (error) {
    log.warn('not sent', error);
    return false;
  }
}

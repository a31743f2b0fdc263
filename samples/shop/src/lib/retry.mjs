import { setTimeout as pause } from 'node:timers/promises';

/**
 * Calls `operation(attempt)` until it succeeds, fails for good or has used all attempts. The pause
 * doubles each time, since a service that just failed needs more rest rather than more calls.
 */
export async function retry(operation, { attempts, pauseMs, isTransient }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation(attempt);
    } catch (error) {
      if (attempt === attempts || !isTransient(error)) throw error;
      await pause(pauseMs * 2 ** (attempt - 1));
    }
  }
}

/** A call as the selection names it: `<thread>.<call>`. Pure. */

export interface CallName {
  thread: number;
  call: number;
}

export const callText = ({ thread, call }: CallName): string => `${thread}.${call}`;

/** null: there is none, or it cannot be understood. */
export function callOf(text: string | null | undefined): CallName | null {
  const [thread, call, ...more] = (text ?? '').split('.').map((part) => (part === '' ? NaN : Number(part)));
  return more.length === 0 && Number.isInteger(thread) && Number.isInteger(call) ? { thread, call } : null;
}

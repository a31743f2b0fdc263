/** A call as the selection names it: `<thread>.<call>`. Pure. */

export interface CallName {
  thread: number;
  call: number;
}

export const callText = ({ thread, call }: CallName): string => `${thread}.${call}`;

/** A task as the options name it. */
export const taskText = ({ thread, task }: { thread: number; task: number }): string => `${thread}.${task}`;

/** null: there is none, or it cannot be understood. */
export function callOf(text: string | null | undefined): CallName | null {
  const [thread, call, ...more] = (text ?? '').split('.').map((part) => (part === '' ? NaN : Number(part)));
  return more.length === 0 && Number.isInteger(thread) && Number.isInteger(call) ? { thread, call } : null;
}

/** A call as part of the selection, with its function; '' or nothing where that is not known. */
export const chosenCall = (call: CallName, fn: string | undefined, path: string | undefined) => ({
  call: callText(call),
  function: fn || null,
  module: path || null,
});

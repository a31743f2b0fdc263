/** Text to the clipboard, or into a file; both say that it was done. */
import { tell } from '../state/toasts.ts';

/** @param what e.g. `the prompt`, as in "Copied the prompt" */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${what}`);
  } catch {
    tell(`The browser does not let ${what} be copied`, 'bad');
  }
}

export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it began, which is after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  tell(`Saved ${name}`);
}

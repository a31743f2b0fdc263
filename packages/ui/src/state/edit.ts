/** Opens what is chosen in the editor of who looks: the function, else the file. */
import { ask, NoAnswer, send } from '../api/ask.ts';
import { askedRun } from './run.ts';
import { selection } from './selection.ts';
import { tell } from './toasts.ts';

export async function openInEditor(): Promise<void> {
  try {
    const place = await chosenPlace();
    if (place === null) return tell('Choose a function or a file first');
    const { path, line } = await send('edit', place);
    tell(`${path}:${line} is open in your editor`);
  } catch (error) {
    const { message, hint } = error as NoAnswer;
    tell(hint === undefined ? message : `${message}. ${hint}`, 'bad');
  }
}

async function chosenPlace(): Promise<{ run?: string; path: string; line?: number } | null> {
  const { function: chosen, module } = selection.getState();
  const run = askedRun();
  if (chosen === null) return module === null ? null : { ...run, path: module };
  const { path, line } = await ask('function', { ...run, function: chosen });
  return { ...run, path, line };
}

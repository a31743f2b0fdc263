/** Opens what is chosen in the editor of who looks: the function, else the file. */
import { ask, NoAnswer, send } from '../api/ask.ts';
import { selection } from './selection.ts';
import { tell } from './toasts.ts';

export async function openInEditor(): Promise<void> {
  try {
    const place = await placeOf(selection.getState());
    if (place === null) return tell('Choose a function or a file first');
    const { path, line } = await send('edit', place);
    tell(`${path}:${line} is open in your editor`);
  } catch (error) {
    const { message, hint } = error as NoAnswer;
    tell(hint === undefined ? message : `${message}. ${hint}`, 'bad');
  }
}

async function placeOf({
  run,
  function: chosen,
  module,
}: {
  run: string | null;
  function: string | null;
  module: string | null;
}): Promise<{ run?: string; path: string; line?: number } | null> {
  const of = run === null ? {} : { run };
  if (chosen === null) return module === null ? null : { ...of, path: module };
  const { path, line } = await ask('function', { ...of, function: chosen });
  return { ...of, path, line };
}

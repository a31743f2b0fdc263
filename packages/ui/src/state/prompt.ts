/** What is chosen, as text for an assistant: an error on Issues, else a call, else a function, else what is wrong with the run. */
import { ask, type NoAnswer } from '../api/ask.ts';
import { copy } from '../text/copy.ts';
import { askedRun } from './run.ts';
import { selection } from './selection.ts';
import { tell } from './toasts.ts';

export async function copyPrompt(): Promise<void> {
  try {
    const text = await promptOf();
    if (text === null)
      tell('Choose a call, a function or an error first: nothing is wrong with this run', 'bad');
    else await copy(text, 'the prompt');
  } catch (error) {
    tell((error as NoAnswer).message, 'bad');
  }
}

async function promptOf(): Promise<string | null> {
  const { screen, call, function: fn, options } = selection.getState();
  const run = askedRun();
  const [thread, number] = (call ?? '').split('.').map(Number);
  const about =
    screen === 'issues' && options['issue'] !== undefined
      ? { error: options['issue'] }
      : call !== null
        ? { thread, call: number }
        : fn !== null
          ? { function: fn }
          : null;
  if (about !== null) return (await ask('prompt', { ...run, ...about })).text;
  return (await ask('home', run)).verdict.prompt;
}

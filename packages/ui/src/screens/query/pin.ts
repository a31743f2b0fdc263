/** Pins what is asked into the cinema, where its rows have times. */
import { NoAnswer, send } from '../../api/ask.ts';
import { nameOf, NO_TIME, pinsOf, pinsOption, timeColumns, withPin } from '../../state/pins.ts';
import type { AskedRun } from '../../state/run.ts';
import { go, optionsWith, selection } from '../../state/selection.ts';
import { tell } from '../../state/toasts.ts';
import type { Asking } from './asking.ts';
import { OPTION } from './options.ts';

export async function pinAsTrack(sql: string, asking: Asking, run: AskedRun): Promise<void> {
  if (sql === '') return;
  try {
    const columns = sql === asking.sql && asking.answer !== null ? asking.answer.columns : await columnsOf(sql, run); // prettier-ignore
    if (timeColumns(columns) === null) return tell(NO_TIME, 'bad');
  } catch (error) {
    // What is wrong with it is told where it is written.
    if (error instanceof NoAnswer) return asking.ask(sql);
    throw error;
  }
  const name = nameOf(sql);
  const pins = pinsOption(withPin(pinsOf(selection.getState()), { name, sql }));
  go({ screen: 'cinema', options: optionsWith({ ...pins, [OPTION.sql]: sql }) });
  tell(`Pinned “${name}”`);
}

const columnsOf = async (sql: string, run: AskedRun): Promise<string[]> =>
  (await send('sql', { sql, limit: 1, ...run })).columns;

/** Options of this screen in the URL, and the way here from elsewhere. */
import { go, optionsWith } from '../../state/selection.ts';

export const OPTION = {
  /** What is asked. */
  sql: 'sql',
  /** `chart`; absent: a table. */
  form: 'answer',
} as const;

/** Asks a question that was made elsewhere. */
export const toQuery = (sql: string): void =>
  go({ screen: 'query', options: optionsWith({ [OPTION.sql]: sql }) });

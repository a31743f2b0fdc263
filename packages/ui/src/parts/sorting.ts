/** The order of a table as text, as the URL has it. Pure. */
import type { Sorting } from './table.tsx';

/** `-self`: by `self`, the greatest first; nothing: as the rows came. */
export const sortingOf = (text: string): Sorting | null =>
  text === '' ? null : { column: text.replace(/^-/, ''), descending: text.startsWith('-') };

export const sortText = (sorting: Sorting | null): string | null =>
  sorting && `${sorting.descending ? '-' : ''}${sorting.column}`;

/** Rows of an answer, printed as they come. A new format is a file here and a line in `index.ts`. */
import type { AnswerListener } from '../../query/index.ts';
import type { Paint } from '../terminal.ts';

export interface RowsLayout {
  paint: Paint;
  /** Characters in a line; null: nobody looks, nothing is cut to fit. */
  columns: number | null;
  /** CSV: text that a spreadsheet would run stays as it is. */
  raw: boolean;
  print: (text: string) => void;
}

export interface RowsWriter extends AnswerListener {
  /** After the last row. */
  end(): void;
}

export type Format = (layout: RowsLayout) => RowsWriter;

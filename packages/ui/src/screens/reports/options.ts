/** Options of this screen in the URL, and the way here from elsewhere. */
import { go, optionsWith } from '../../state/selection.ts';

export const OPTION = {
  report: 'report',
  /** Id of the chosen finding; in the tree of dead code, a folder, too. */
  finding: 'finding',
  /** Text that findings have in them. */
  filter: 'filter',
  /** `certain`, `likely` or `possible`; absent: all. */
  sure: 'sure',
  sort: 'sort',
  /** `1`: dead code as a list. */
  list: 'list',
} as const;

/** A report, or one of its findings. What was filtered by is of the report before. */
export const toReport = (report: string, finding: string | null = null): void =>
  go({
    screen: 'reports',
    options: optionsWith({
      [OPTION.report]: report,
      [OPTION.finding]: finding,
      [OPTION.filter]: null,
      [OPTION.sure]: null,
    }),
  });

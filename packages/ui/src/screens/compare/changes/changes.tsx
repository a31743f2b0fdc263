/** Everything that differs, as a table; the chosen change beside it. */
import { useMemo } from 'react';
import { useCommands } from '../../../commands/registry.ts';
import { Notice } from '../../../parts/notice.tsx';
import { sortingOf, sortText } from '../../../parts/sorting.ts';
import { nextSorting, sorted, Table } from '../../../parts/table.tsx';
import { choose, go, optionsWith, selection, useSelection } from '../../../state/selection.ts';
import { count, plural } from '../../../text/format.ts';
import { OPTION } from '../options.ts';
import { changeCommands, openChange } from './commands.ts';
import { COLUMNS } from './columns.tsx';
import { Detail } from './detail.tsx';
import { type Change, type Compared, keyOf, wantedOf } from './groups.ts';

export function Changes({ compared: { changes, history, now, before } }: { compared: Compared }) {
  const options = useSelection((selected) => selected.options);
  const sort = options[OPTION.sort] ?? '';
  const [group, because, find] = [options[OPTION.group], options[OPTION.because], options[OPTION.find]];
  const rows = useMemo(
    () => sorted(wantedOf(changes, { group, because, find }), COLUMNS, sortingOf(sort)),
    [changes, group, because, find, sort],
  );
  const chosen = rows.find((change) => keyOf(change) === options[OPTION.change]) ?? null;
  useCommands(useMemo(() => changeCommands(rows, chooseChange), [rows]));
  if (changes.length === 0) return <NothingDiffers history={history.length} />;
  return (
    <>
      <Filters shown={rows.length} all={changes} because={because} />
      <div className={chosen === null ? 'compare-body' : 'compare-body split'}>
        {rows.length === 0 ? (
          <Notice title="No change is like that">
            <button className="button small" onClick={showAll}>
              Show all {count(changes.length)}
            </button>
          </Notice>
        ) : (
          <Table<Change>
            label="What differs between the two runs"
            columns={chosen === null ? COLUMNS : COLUMNS.filter(({ isSpare }) => !isSpare)}
            rows={rows}
            keyOf={keyOf}
            chosen={chosen && keyOf(chosen)}
            onChoose={chooseChange}
            onOpen={openChange}
            sorting={sortingOf(sort)}
            onSort={(column) => choose({ [OPTION.sort]: sortText(nextSorting(sortingOf(sort), column)) }, { replace: true })}
          />
        )}
        {chosen !== null && <Detail change={chosen} now={now} before={before} />}
      </div>
    </>
  );
} // prettier-ignore

/** Its function is what tree and map have chosen, too. */
const chooseChange = (change: Change): void =>
  go(
    {
      function: change.function,
      module: change.path,
      call: null,
      options: optionsWith({ [OPTION.change]: keyOf(change) }),
    },
    { replace: true },
  );

export const showAll = (): void =>
  choose({ [OPTION.group]: null, [OPTION.because]: null, [OPTION.find]: null });

const BECAUSE = [
  [undefined, 'All', 'Whatever the reason'],
  ['behaviour', 'Same code, other behaviour', 'The text of the functions is the same in both runs'],
  ['code', 'Where the code changed', 'A function that it concerns was written, removed or changed'],
] as const;

function Filters({ shown, all, because }: { shown: number; all: readonly Change[]; because: string | undefined }) {
  return (
    <div className="compare-filters">
      <div className="segments" role="group" aria-label="Because of">
        {BECAUSE.map(([id, title, meaning]) => (
          <button
            key={title}
            aria-pressed={because === id}
            title={meaning}
            onClick={() => choose({ [OPTION.because]: id ?? null })}
          >
            {title} <span className="quiet">{count(id === undefined ? all.length : all.filter((each) => each.because === id).length)}</span>
          </button>
        ))}
      </div>
      <input
        className="field find"
        type="search"
        placeholder="Find"
        aria-label="Find changes"
        defaultValue={selection.getState().options[OPTION.find] ?? ''}
        onChange={({ target }) => choose({ [OPTION.find]: target.value || null }, { replace: true })}
      />
      {shown < all.length && (
        <button className="chip" onClick={showAll}>
          {count(shown)} of {count(all.length)}: show all
        </button>
      )}
      <span className="spread" />
      <span className="quiet figures-legend">
        <i className="before" aria-hidden /> before <i className="now" aria-hidden /> now{' '}
        <i className="band" aria-hidden /> earlier runs
      </span>
    </div>
  );
} // prettier-ignore

function NothingDiffers({ history }: { history: number }) {
  return (
    <Notice title="Nothing differs" tone="good">
      <p>
        Functions that ran, who called whom and how often, times, errors, imports and the order of the start
        are the same
        {history > 0 ? `, or differ by no more than in ${plural(history, 'earlier run')}.` : '.'}
      </p>
    </Notice>
  );
}

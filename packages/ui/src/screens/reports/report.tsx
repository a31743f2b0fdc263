/** One report: its sentence, its number, its findings, and the chosen one of them. */
import { useMemo } from 'react';
import type { Answered } from '../../api/ask.ts';
import { Notice } from '../../parts/notice.tsx';
import { sortingOf, sortText } from '../../parts/sorting.ts';
import { nextSorting, sorted, Table } from '../../parts/table.tsx';
import { watch } from '../../state/moments.ts';
import { choose, useSelection } from '../../state/selection.ts';
import { count } from '../../text/format.ts';
import { DeadView } from './dead-view.tsx';
import { Detail } from './detail.tsx';
import { Empty } from './empty.tsx';
import { OPTION } from './options.ts';
import { shapeOf } from './shapes/index.ts';
import { type Described, placeOf } from './shapes/shape.tsx';
import { Trend } from './trend-line.tsx';
import { Tools } from './tools.tsx';

type Answer = Answered<'report'>;

export function Report({ answer }: { answer: Answer }) {
  const options = useSelection((selection) => selection.options);
  const chosen = options[OPTION.finding] ?? null;
  const [filter, sure, sort] = [OPTION.filter, OPTION.sure, OPTION.sort].map((name) => options[name] ?? '');
  const shape = shapeOf(answer.name);
  const sorting = sortingOf(sort);
  const rows = useMemo(
    () => sorted(filtered(answer.findings, filter, sure), shape.columns, sorting),
    // The text tells the sorting; the object is made anew each time.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [answer, filter, sure, sort, shape],
  );
  const isTree = answer.name === 'dead-code' && options[OPTION.list] !== '1';
  const row = rows.find(({ finding }) => finding.id === chosen) ?? null;
  const summary = answer.summary === null ? null : sentence(answer.summary);
  return (
    <>
      <header className="report-head">
        <div>
          <h1>{answer.title}</h1>
          <p>{summary ?? (answer.holds === 'no' ? 'Nothing was found.' : '')}</p>
        </div>
        {(answer.holds === 'yes' || answer.holds === 'no') && <Trend answer={answer} />}
        {answer.holds === 'yes' && <span className="report-figure">{count(answer.findings.length)}</span>}
      </header>
      {answer.holds !== 'yes' ? (
        <Empty answer={answer} />
      ) : (
        <>
          <Tools
            answer={answer}
            rows={rows}
            columns={shape.columns}
            chosen={row}
            canBeTree={answer.name === 'dead-code'}
          />
          <div className={row === null ? 'report-body' : 'report-body split'}>
            <div className="report-list">
              {rows.length === 0 ? (
                <Notice title="No finding is like that">
                  <button
                    className="button small"
                    onClick={() => choose({ [OPTION.filter]: null, [OPTION.sure]: null })}
                  >
                    Show all {count(answer.findings.length)}
                  </button>
                </Notice>
              ) : isTree ? (
                <DeadView
                  rows={rows}
                  chosen={chosen}
                  onChoose={(id) => choose({ [OPTION.finding]: id }, { replace: true })}
                />
              ) : (
                <Table<Described>
                  label={answer.title}
                  columns={row === null ? shape.columns : shape.columns.filter(({ isSpare }) => !isSpare)}
                  rows={rows}
                  keyOf={({ finding }, index) => `${finding.id} ${index}`}
                  chosen={row === null ? null : `${row.finding.id} ${rows.indexOf(row)}`}
                  onChoose={({ finding }) => choose({ [OPTION.finding]: finding.id }, { replace: true })}
                  onOpen={(each) => watch((shape.placeOf ?? placeOf)(each))}
                  sorting={sorting}
                  onSort={(column) =>
                    choose({ [OPTION.sort]: sortText(nextSorting(sorting, column)) }, { replace: true })
                  }
                />
              )}
            </div>
            {row !== null && <Detail row={row} shape={shape} />}
          </div>
        </>
      )}
    </>
  );
}

export const filtered = (all: readonly Described[], find: string, sure: string): Described[] => {
  const wanted = find.toLowerCase();
  return all.filter(
    ({ finding, text }) =>
      (sure === '' || finding.confidence === sure) &&
      (wanted === '' || `${text} ${finding.place?.path ?? ''} ${finding.id}`.toLowerCase().includes(wanted)),
  );
};

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** Signatures × time. One tab stop: up and down choose an error, left and right a stretch of time, Enter shows it. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { watch } from '../../state/moments.ts';
import { choose } from '../../state/selection.ts';
import { count, duration, middle } from '../../text/format.ts';
import { steppedTo } from '../../parts/table.tsx';
import { heatOf, mostOf, nextCell } from './heat.ts';
import { bucketMoment, type IssuesAnswer, type Signature } from './signature.ts';

interface Props {
  issues: IssuesAnswer;
  /** Of the chosen signature. */
  chosen: string | null;
  bucket: string | null;
}

const ROW_PX = 40;

export function Matrix({ issues, chosen, bucket }: Props) {
  const { signatures, from, to, buckets } = issues;
  const view = useRef<HTMLDivElement>(null);
  const own = useId();
  const list = useVirtualizer({
    count: signatures.length,
    getScrollElement: () => view.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
  });
  const at = signatures.findIndex(({ id }) => id === chosen);
  const most = mostOf(signatures);
  useEffect(() => {
    if (at >= 0) list.scrollToIndex(at);
  }, [at, list]);

  function press(event: KeyboardEvent): void {
    const row = steppedTo(event.key, at, signatures.length);
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (row !== null) choose({ issue: signatures[row].id, bucket: null }, { replace: true });
    else if (side !== null && at >= 0) {
      const start = bucket === null ? (side > 0 ? -1 : buckets) : Number(bucket);
      const cell = nextCell(signatures[at].counts, start, side);
      if (cell !== null) choose({ bucket: String(cell) }, { replace: true });
    } else if (event.key === 'Enter' && at >= 0)
      watch(bucketMoment(issues, signatures[at], bucket ?? undefined));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      className="matrix"
      role="grid"
      aria-label="Errors over time"
      aria-rowcount={signatures.length}
      tabIndex={0}
      ref={view}
      onKeyDown={press}
      aria-activedescendant={at < 0 ? undefined : `${own}${at}`}
    >
      <div className="matrix-head" aria-hidden>
        <span />
        <span className="matrix-times">
          {[0, 0.25, 0.5, 0.75].map((part) => (
            <span key={part}>{part === 0 ? '0' : duration(from + (to - from) * part)}</span>
          ))}
        </span>
        <span className="number">Times</span>
      </div>
      <div className="matrix-body" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start }) => (
          <Row
            key={signatures[index].id}
            id={`${own}${index}`}
            issues={issues}
            signature={signatures[index]}
            most={most}
            start={start}
            isChosen={index === at}
            bucket={index === at && bucket !== null ? Number(bucket) : null}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  id: string;
  issues: IssuesAnswer;
  signature: Signature;
  /** Of any cell of all rows. */
  most: number;
  /** px */
  start: number;
  isChosen: boolean;
  bucket: number | null;
}

function Row({ id, issues, signature, most, start, isChosen, bucket }: RowProps) {
  const { name, message, counts, path, line, uncaught, newAfter } = signature;
  const { from, to, buckets } = issues;
  const width = (to - from) / buckets;
  const label = (cell: number): string =>
    `${count(counts[cell])} between ${duration(from + cell * width)} and ${duration(from + (cell + 1) * width)}`;
  return (
    <div
      id={id}
      className="matrix-row"
      role="row"
      aria-selected={isChosen}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => choose({ issue: signature.id, bucket: null }, { replace: true })}
    >
      <span role="rowheader" className="matrix-name" title={`${name}: ${message}`}>
        <span>
          {uncaught > 0 && <b className="bad">uncaught </b>}
          {newAfter > 0 && <b className="new">new </b>}
          <b>{name}</b> {message}
        </span>
        <span className="quiet mono">
          {path === null ? 'outside of the recorded files' : middle(`${path}:${line}`, 48)}
        </span>
      </span>
      <span className="matrix-cells">
        {counts.map((times, cell) =>
          times === 0 ? null : (
            <button
              // oxlint-disable-next-line react/no-array-index-key
              key={cell}
              role="gridcell"
              tabIndex={-1}
              className={`cell heat-${heatOf(times, most)}`}
              aria-selected={cell === bucket}
              aria-label={label(cell)}
              title={label(cell)}
              style={{ left: `${(cell / buckets) * 100}%`, width: `calc(${100 / buckets}% - 2px)` }}
              onClick={(event) => {
                event.stopPropagation();
                choose({ issue: signature.id, bucket: String(cell) }, { replace: true });
              }}
              onDoubleClick={() => watch(bucketMoment(issues, signature, String(cell)))}
            >
              {times > 1 ? count(times) : ''}
            </button>
          ),
        )}
      </span>
      <span role="gridcell" className="number">
        {count(signature.count)}
      </span>
    </div>
  );
}

/** The answer as a chart. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { Notice } from '../../parts/notice.tsx';
import { paint, theme } from '../../state/theme.ts';
import { middle } from '../../text/format.ts';
import type { SqlAnswer } from './asking.ts';
import { type Drawing, drawingOf, shownCell } from './cells.ts';

export default function Chart({ answer }: { answer: SqlAnswer }) {
  const drawing = drawingOf(answer);
  if (drawing === null)
    return (
      <Notice title="There is nothing to draw here">
        <p>
          A chart needs a column of numbers, and something to set it against: a number first makes lines, a
          name bars.
        </p>
      </Notice>
    );
  return drawing.kind === 'bars' ? <Bars drawing={drawing} /> : <Lines drawing={drawing} />;
}

function Bars({ drawing: { names, values, title } }: { drawing: Extract<Drawing, { kind: 'bars' }> }) {
  const most = Math.max(...values.map(Math.abs), 0);
  return (
    <figure className="bars" aria-label={title}>
      <figcaption>{title}</figcaption>
      {names.map((name, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} title={name}>
          <span className="mono">{middle(name, 44)}</span>
          <span className="bars-track">
            <span style={{ width: `${most === 0 ? 0 : (Math.abs(values[at]) / most) * 100}%` }} />
          </span>
          <span>{shownCell(values[at])}</span>
        </div>
      ))}
    </figure>
  );
}

const LEGEND_PX = 64;
const COLOURS = ['--k1', '--k4', '--k3', '--k2', '--k5', '--k6'] as const;

function Lines({ drawing }: { drawing: Extract<Drawing, { kind: 'lines' }> }) {
  const box = useRef<HTMLDivElement>(null);
  const shade = useSyncExternalStore(theme.subscribe, () => theme.getState().theme);
  useEffect(() => {
    const host = box.current!;
    const axis = {
      stroke: paint('--tx-3'),
      grid: { stroke: paint('--line'), width: 1 },
      ticks: { stroke: paint('--line') },
    };
    const size = (): { width: number; height: number } => ({
      width: host.clientWidth,
      height: Math.max(160, host.clientHeight - LEGEND_PX),
    });
    const plot = new UPlot(
      {
        ...size(),
        scales: { x: { time: false } },
        axes: [
          axis,
          { ...axis, size: (_, texts) => 20 + 7 * Math.max(4, ...(texts ?? []).map(({ length }) => length)) },
        ],
        series: [
          { label: drawing.title },
          ...drawing.lines.map(({ title }, at) => ({
            label: title,
            stroke: paint(COLOURS[at % COLOURS.length]),
            width: 1.5,
            // Colour is not all that tells lines apart.
            dash: at === 0 ? [] : [4 + 2 * at, 3],
          })),
        ],
      },
      [drawing.x, ...drawing.lines.map(({ values }) => values)],
      host,
    );
    const watcher = new ResizeObserver(() => plot.setSize(size()));
    watcher.observe(host);
    return () => {
      watcher.disconnect();
      plot.destroy();
    };
  }, [drawing, shade]);
  return <div className="lines" ref={box} role="img" aria-label={`${drawing.lines.map(({ title }) => title).join(', ')} by ${drawing.title}; the table has the numbers`} />; // prettier-ignore
}

/** The strip of the whole run, to be clicked, or walked through by keys. */
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { paletteOf } from '../scene/palette.ts';
import { watch } from '../state/moments.ts';
import { useSelection } from '../state/selection.ts';
import { theme } from '../state/theme.ts';
import { count, duration, moment } from '../text/format.ts';
import { type Density, errorBuckets, paintDensity, timeAt, xOf } from './density.ts';
import './density-strip.css';

const colours = paletteOf({
  bar: '--dens',
  barIn: '--dens-2',
  error: '--err',
  line: '--line',
  lost: '--warn',
  text: '--tx-3',
});

export function DensityStrip({ density, height = 92 }: { density: Density; height?: number }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const shade = useSyncExternalStore(theme.subscribe, () => theme.getState().theme);
  const window = useSelection((selection) => selection.window);
  const playhead = useSelection((selection) => selection.t);
  const [at, setAt] = useState<number | null>(null);
  const frame = useMemo(() => ({ width, height }), [width, height]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    paintDensity(context, density, frame, colours(), { window, label: seconds });
  }, [density, frame, width, window, shade]);

  const said = at === null ? '' : told(density, at);
  const pointed = (event: PointerEvent): number =>
    timeAt(event.clientX - box.current!.getBoundingClientRect().left, density, frame);
  function press(event: KeyboardEvent): void {
    const to = steppedIn(density, at ?? playhead ?? density.from, event.key, event.shiftKey);
    if (to !== null) setAt(to);
    else if (event.key === 'Enter' && at !== null) watch({ t: at });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const line = at ?? playhead;
  return (
    <div
      className="strip"
      ref={box}
      style={{ height }}
      role="application"
      aria-label="The whole run. Arrows move, E goes to the next error, Enter shows the moment in the cinema."
      tabIndex={0}
      onKeyDown={press}
      onPointerMove={(event) => setAt(pointed(event))}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
      onClick={(event) => watch({ t: Math.round(pointed(event as unknown as PointerEvent)) })}
    >
      <canvas
        ref={canvas}
        width={width * devicePixelRatio}
        height={height * devicePixelRatio}
        style={{ width, height }}
      />
      {window !== null && (
        <div
          className="strip-window"
          style={{
            left: xOf(window[0], density, frame),
            width: Math.max(4, xOf(window[1], density, frame) - xOf(window[0], density, frame)),
          }}
        />
      )}
      {line !== null && <div className="strip-line" style={{ left: xOf(line, density, frame) }} />}
      {at !== null && (
        <div
          className={at > (density.from + density.to) / 2 ? 'strip-tip left' : 'strip-tip'}
          style={{ left: xOf(at, density, frame) }}
        >
          {said}
        </div>
      )}
      <span className="aside" aria-live="polite">
        {said}
      </span>
    </div>
  );
}

/** `0`, `250 ms`, `1.5 s`: ticks are round. */
const seconds = (us: number): string =>
  us === 0
    ? '0'
    : us < 1e6
      ? `${Number((us / 1e3).toPrecision(4))} ms`
      : `${Number((us / 1e6).toPrecision(4))} s`;

function told({ from, resolution, calls, errors }: Density, t: number): string {
  const bucket = Math.min(calls.length - 1, Math.floor((t - from) / resolution));
  const failed = errors[bucket] ?? 0;
  const what = failed === 0 ? '' : `, ${count(failed)} ${failed === 1 ? 'error' : 'errors'}`;
  return `${moment(t)}: ${count(calls[bucket] ?? 0)} calls in ${duration(resolution)}${what}`;
}

/** Where a key leads from a time; null: it leads nowhere. */
export function steppedIn(density: Density, t: number, key: string, shift: boolean): number | null {
  const { from, to, resolution } = density;
  const step = shift ? resolution * 20 : resolution;
  if (key === 'ArrowRight') return Math.min(to, t + step);
  if (key === 'ArrowLeft') return Math.max(from, t - step);
  if (key === 'Home') return from;
  if (key === 'End') return to;
  if (key !== 'e' && key !== 'E') return null;
  const middles = errorBuckets(density).map(({ bucket }) => from + (bucket + 0.5) * resolution);
  const near = resolution / 2;
  return (shift ? middles.findLast((each) => each < t - near) : middles.find((each) => each > t + near)) ?? t;
}

function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watcher.observe(box.current!);
    return () => watcher.disconnect();
  }, [box]);
  return width;
}

/** The strip on top: the whole run, with a brush that is the window. */
import { useEffect, useRef } from 'react';
import { timeAt, xOf } from '../../../parts/density.ts';
import { Scene } from '../../../scene/proxy.tsx';
import type { Drag } from '../../../scene/steer.ts';
import type { Point } from '../../../scene/view.ts';
import { useStage } from '../../../scene/use-stage.ts';
import { selection } from '../../../state/selection.ts';
import { count, duration } from '../../../text/format.ts';
import { bookmarksOf } from '../director/moves.ts';
import { useShown } from '../director/shown.ts';
import { lanesPalette } from '../lanes/palette.ts';
import type { Parts } from '../parts.ts';
import { lengthOf, type Stretch, within } from '../time/stretch.ts';
import { Playhead } from '../time/playhead.ts';
import { HANDLE, type OverviewPicture, paintBrush, paintDensity } from './paint.ts';

export function OverviewStrip({ parts: { director, moves } }: { parts: Parts }) {
  const host = useRef<HTMLDivElement>(null);
  const stage = useStage(host, () => {
    const pictured = (width: number, height: number): OverviewPicture | null => {
      const { overview } = director.shown.getState();
      const bookmarks = bookmarksOf(selection.getState().options);
      return overview === null
        ? null
        : { overview, view: director.view, bookmarks, width, height, colours: lanesPalette() };
    };
    return {
      options: {
        view: { x: 0, y: 0, kx: 1, ky: 1 },
        layers: [
          {
            name: 'density',
            paint: (context, { width, height }) => {
              const picture = pictured(width, height);
              if (picture !== null) paintDensity(context, picture);
            },
          },
          {
            name: 'brush',
            paint: (context, { width, height }) => {
              const picture = pictured(width, height);
              if (picture !== null) paintBrush(context, picture);
            },
          },
        ],
      },
      steering: {
        onPan: (dx) => moves.pan((dx / (stage.current?.size.width ?? 1)) * 4),
        onZoom: (factor, { x }) => {
          const { overview } = director.shown.getState();
          if (overview !== null) moves.zoom(1 / factor, timeAt(x, overview.head, stage.current!.size));
        },
        onPress: (at) => press(at),
      },
    };
  });

  /** Handles make the window longer or shorter, inside it is moved, outside a new one is drawn. */
  function press(at: Point): Drag | null {
    const { overview, whole } = director.shown.getState();
    if (overview === null || whole === null) return null;
    const { size } = stage.current!;
    const time = ({ x }: Point): number => timeAt(x, overview.head, size);
    const before = director.view;
    const [x0, x1] = before.map((t) => xOf(t, overview.head, size));
    const fixed =
      Math.abs(at.x - x0) <= HANDLE ? before[1] : Math.abs(at.x - x1) <= HANDLE ? before[0] : null;
    const isInside = at.x > x0 && at.x < x1 && lengthOf(before) < lengthOf(whole);
    const next = (to: Point): Stretch => {
      if (fixed !== null) return ordered(fixed, time(to), whole);
      if (!isInside) return ordered(time(at), time(to), whole);
      const by = time(to) - time(at);
      return within([before[0] + by, before[1] + by], whole);
    };
    return {
      move: (to) => moves.look(next(to)),
      end: (to, isClick) => {
        if (isClick) return moves.goTo({ t: time(at) });
        moves.look(before);
        moves.jump(next(to));
      },
    };
  }

  useEffect(() => {
    const playhead = new Playhead(host.current!);
    const move = (): void => {
      const { overview } = director.shown.getState();
      const size = stage.current?.size ?? { width: 0 };
      playhead.move(overview === null ? null : xOf(director.t, overview.head, size));
    };
    const ends = [
      selection.subscribe((now, before) => {
        move();
        if (now.window !== before.window) stage.current?.repaint();
        else if (now.options !== before.options) stage.current?.repaint('brush');
      }),
      director.shown.subscribe((now, before) => {
        if (now.overview === before.overview) return;
        stage.current?.repaint();
        move();
      }),
      () => playhead.remove(),
    ];
    move();
    return () => ends.forEach((end) => end());
  }, [director, stage]);

  const told = useShown(director.shown, ({ overview, whole }) =>
    overview === null || whole === null
      ? 'The whole run'
      : `The whole run: ${duration(lengthOf(whole))}, ${count(overview.columns.errors.reduce((sum, each) => sum + each, 0))} errors. Drag to look closer.`,
  );
  return <Scene ref={host} className="panel overview" label={told} focus={null} />;
}

const ordered = (a: number, b: number, whole: Stretch): Stretch =>
  within([Math.min(a, b), Math.max(a, b)], whole);

/** Calls over time, those below one under it. A canvas; the tree beside it is the same for those who do not see it. */
import { useEffect, useMemo, useRef } from 'react';
import type { CallTree } from '../../../../../intellimap/src/serve/contract.ts';
import { Scene } from '../../../scene/proxy.tsx';
import { fontOf, widthOf } from '../../../scene/text.ts';
import { useStage } from '../../../scene/use-stage.ts';
import { selection, useSelection } from '../../../state/selection.ts';
import { duration, pathIn } from '../../../text/format.ts';
import { callOf } from '../director/call.ts';
import { colourOf } from '../lanes/colour.ts';
import { BAR, ROW } from '../lanes/layout.ts';
import { MONO } from '../lanes/paint.ts';
import { lanesPalette } from '../lanes/palette.ts';
import type { Parts } from '../parts.ts';
import { Playhead } from '../time/playhead.ts';
import { beginningOf, endOf, type Flame, flameOf, functionOf, rowOf, THREW } from './flame.ts';

const AIR = 6;
const LEAST_TEXT = 26;

interface Drawn extends Flame {
  scroll: number;
}

export function FlameView({ tree, parts: { director, moves } }: { tree: CallTree; parts: Parts }) {
  const host = useRef<HTMLDivElement>(null);
  const made = useMemo((): Drawn => ({ ...flameOf(tree), scroll: 0 }), [tree]);
  const drawn = useRef(made);
  const stage = useStage(host, () => ({
    options: {
      view: { x: 0, y: 0, kx: 1, ky: 1 },
      layers: [
        {
          name: 'calls',
          paint: (context, { width, height }) => paintFlame(context, drawn.current, width, height),
        },
        {
          name: 'chosen',
          paint: (context, { width }) => paintChosen(context, drawn.current, width),
        },
      ],
    },
    steering: {
      onPan: (_, dy) => {
        const flame = drawn.current;
        const most = Math.max(0, flame.rows * ROW + 2 * AIR - stage.current!.size.height);
        flame.scroll = Math.max(0, Math.min(most, flame.scroll + dy));
        stage.current!.repaint();
      },
      onClick: ({ x, y }) => {
        const n = callAt(drawn.current, x, y, stage.current!.size.width);
        if (n >= 0) moves.goTo(beginningOf(drawn.current.tree, n));
      },
    },
  }));
  useEffect(() => {
    drawn.current = made;
    stage.current?.repaint();
  }, [made, stage]);
  useEffect(() => {
    const playhead = new Playhead(host.current!);
    const move = (): void => {
      const { t } = director;
      const flame = drawn.current;
      const width = stage.current?.size.width ?? 0;
      playhead.move(t < flame.from || t > flame.to ? null : xOf(flame, width, t));
    };
    move();
    const end = selection.subscribe((now, before) => {
      move();
      if (now.call !== before.call) stage.current?.repaint('chosen');
    });
    return () => {
      end();
      playhead.remove();
    };
  }, [stage, director, made]);
  const n = rowOf(tree, callOf(useSelection((selection) => selection.call)));
  const label =
    n < 0 ? null : `${functionOf(tree, n)?.name ?? 'unknown'}, ${duration(tree.duration[n] || 0)}`;
  return (
    <Scene
      ref={host}
      className="flame"
      label="Calls of this task over time; Tree has the same as text."
      focus={label === null ? null : { id: `flame-${tree.call[n]}`, label }}
    />
  );
}

const xOf = ({ from, to }: Flame, width: number, t: number): number =>
  AIR + ((Math.min(t, to) - from) / Math.max(1e-9, to - from)) * (width - 2 * AIR);

function paintFlame(context: CanvasRenderingContext2D, flame: Drawn, width: number, height: number): void {
  const { tree, row, scroll } = flame;
  const colours = lanesPalette();
  const letter = widthOf(context, 'M', MONO);
  context.font = fontOf(MONO);
  context.textBaseline = 'middle';
  for (let n = 0; n < tree.call.length; n++) {
    const y = AIR + row[n] * ROW - scroll;
    if (Number.isNaN(tree.start[n]) || y > height || y < -BAR) continue;
    const x = xOf(flame, width, tree.start[n]);
    const w = Math.max(1, xOf(flame, width, endOf(tree, n)) - x - 0.75);
    const fn = functionOf(tree, n);
    const failed = (tree.flags[n] & THREW) !== 0;
    context.fillStyle = failed ? colours.error : colours.lanes[colourOf(fn?.path ?? '')];
    context.fillRect(x, y, w, BAR);
    // What it waited is paler: it was not on the stack for all of this.
    if (tree.wait[n] > 0.5 * tree.duration[n] && !failed) {
      context.globalAlpha = 0.35;
      context.fillStyle = colours.lane;
      context.fillRect(x, y, w, BAR);
      context.globalAlpha = 1;
    }
    if (w < LEAST_TEXT) continue;
    context.fillStyle = failed ? colours.lane : colours.onBar;
    context.fillText(textOf(fn, Math.floor((w - 7) / letter)), x + 4, y + BAR / 2 + 0.5);
  }
}

function paintChosen(context: CanvasRenderingContext2D, flame: Drawn, width: number): void {
  const n = rowOf(flame.tree, callOf(selection.getState().call));
  if (n < 0) return;
  const x = xOf(flame, width, flame.tree.start[n]);
  const w = Math.max(2, xOf(flame, width, endOf(flame.tree, n)) - x - 0.75);
  context.strokeStyle = lanesPalette().text;
  context.lineWidth = 1.5;
  context.strokeRect(x - 0.5, AIR + flame.row[n] * ROW - flame.scroll - 0.5, w + 1, BAR + 1);
}

function callAt(flame: Drawn, x: number, y: number, width: number): number {
  const row = Math.floor((y + flame.scroll - AIR) / ROW);
  let found = -1;
  for (let n = 0; n < flame.tree.call.length; n++) {
    if (flame.row[n] !== row) continue;
    const start = xOf(flame, width, flame.tree.start[n]) - 2;
    if (x >= start && x <= xOf(flame, width, endOf(flame.tree, n)) + 2) found = n;
  }
  return found;
}

/** The body of a file has the file's path for a name. */
function textOf(fn: { name: string; path: string } | undefined, room: number): string {
  if (fn === undefined) return '(unknown)'.slice(0, room);
  return (fn.name === fn.path ? pathIn(fn.name, room) : fn.name).slice(0, room);
}

/** The flame, and what a screen reader finds in its place. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { Scene } from '../../../scene/proxy.tsx';
import { FlameDrawing } from './drawing.ts';
import { labelOf } from './figures.ts';
import { type Step, stepFrom } from './flame.ts';
import type { Shown } from './paint.ts';

interface Props {
  shown: Shown;
  onChoose: (row: number) => void;
  /** For commands that move the camera. */
  drawing: RefObject<FlameDrawing | null>;
}

const STEPS: readonly Step[] = ['up', 'down', 'left', 'right'];

export function FlameView({ shown, onChoose, drawing }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const latest = useRef({ shown, onChoose });
  useLayoutEffect(() => {
    latest.current = { shown, onChoose };
  });
  useEffect(() => {
    const made = new FlameDrawing(host.current!, tip.current!, latest.current.shown, (row) =>
      latest.current.onChoose(row),
    );
    drawing.current = made;
    return () => {
      drawing.current = null;
      made.dispose();
    };
  }, [drawing]);
  useEffect(() => drawing.current?.show(shown), [drawing, shown]);
  const { flame, chosen } = shown;
  const item = (row: number): { id: string; label: string } => ({
    id: `path-${row}`,
    label: labelOf(flame.tree, row),
  });
  const around = chosen < 0 ? [] : STEPS.map((step) => stepFrom(flame, chosen, step));
  return (
    <div className="tree-canvas">
      <Scene
        ref={host}
        label="Calls of both runs, callers above. Arrow keys walk, Enter looks closer, T shows a table."
        focus={chosen < 0 ? null : item(chosen)}
        neighbours={[...new Set(around)].filter((row) => row !== chosen).map(item)}
      />
      <div ref={tip} className="tree-tip" role="presentation" hidden />
    </div>
  );
}

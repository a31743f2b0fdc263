/** The drawing itself, and what a screen reader finds in its place. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type ProxyItem, Scene } from '../../scene/proxy.tsx';
import { chooseItem, enter } from './actions.ts';
import { MapDrawing, type Told } from './drawing.ts';
import type { Item } from './model/items.ts';
import { next } from './model/walk.ts';
import { labelOf } from './model/words.ts';

interface Props {
  told: Told;
  /** For commands that move the camera. */
  drawing: RefObject<MapDrawing | null>;
}

const LEVEL_WORDS = {
  system: 'groups of files',
  module: 'files with their functions',
  function: 'functions of one file with their calls',
} as const;

export function MapCanvas({ told, drawing }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const latest = useRef(told);
  useLayoutEffect(() => {
    latest.current = told;
  });
  useEffect(() => {
    const made = new MapDrawing(host.current!, tip.current!, {
      choose: (item) => chooseItem(latest.current.model, item),
      enter: (item) => enter(latest.current.model, item),
    });
    drawing.current = made;
    made.show(latest.current);
    return () => {
      drawing.current = null;
      made.dispose();
    };
  }, [drawing]);
  useEffect(() => drawing.current?.show(told), [drawing, told]);
  const label = `Map: ${LEVEL_WORDS[told.level]}. Arrow keys walk, Enter goes in, Backspace goes out, T shows a table.`;
  return (
    <div className="map-canvas">
      <Scene
        ref={host}
        label={label}
        focus={proxyOf(told, told.chosen)}
        neighbours={neighboursOf(told)}
        said={said(told)}
      />
      <div ref={tip} className="map-tip" role="presentation" hidden />
    </div>
  );
}

/** What the voice says: what is chosen, else what is shown. */
function said({ model, chosen, level, open }: Told): string {
  if (chosen !== null) return labelOf(model, chosen);
  return open === null ? LEVEL_WORDS[level] : `Open: ${labelOf(model, { kind: 'module', at: open.module })}`;
}

const proxyOf = ({ model }: Told, item: Item | null): ProxyItem | null =>
  item === null ? null : { id: `${item.kind}-${item.at}`, label: labelOf(model, item) };

/** Where the arrow keys lead from the chosen card or group. */
function neighboursOf(told: Told): ProxyItem[] {
  const { chosen, model, level, modules } = told;
  if (chosen === null || chosen.kind === 'function' || level === 'function') return [];
  const boxes = chosen.kind === 'group' ? model.system : model.layout.cards;
  const isThere = (at: number): boolean => chosen.kind === 'group' || modules === null || modules.has(at);
  const around = (['left', 'right', 'up', 'down'] as const).map((way) =>
    next(boxes, chosen.at, way, isThere),
  );
  return [...new Set(around)]
    .filter((at) => at !== chosen.at)
    .map((at) => proxyOf(told, { kind: chosen.kind, at })!);
}

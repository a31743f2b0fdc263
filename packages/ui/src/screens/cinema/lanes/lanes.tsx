/** The lanes: one canvas, one tab stop. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExecutionFrame } from '../../../../../intellimap/src/serve/contract.ts';
import { type ProxyItem, Scene } from '../../../scene/proxy.tsx';
import { useStage } from '../../../scene/use-stage.ts';
import { useSelection } from '../../../state/selection.ts';
import type { Parts } from '../parts.ts';
import { callOf } from '../director/call.ts';
import { lookedAt } from '../director/live.ts';
import { useSettled } from '../director/settled.ts';
import { useShown } from '../director/shown.ts';
import { LanesScene } from './lanes-scene.ts';

export function Lanes({ parts, onScene }: { parts: Parts; onScene: (scene: LanesScene | null) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<LanesScene | null>(null);
  const said = useShown(parts.director.shown, (shown) => shown.said);
  const frame = useSettled(useShown(parts.director.shown, (shown) => shown.frame));
  const call = useSelection((selection) => selection.call);
  const { focus, near } = useMemo(() => toldOf(frame, call, said), [frame, call, said]);
  useStage(host, (stage) => {
    const made = new LanesScene(stage, parts);
    setScene(made);
    return made;
  });
  useEffect(() => {
    onScene(scene);
    return host.current === null ? undefined : scene?.start(host.current);
  }, [scene, onScene]);
  return (
    <Scene
      ref={host}
      className="lanes"
      label="Lanes of threads and tasks over time. Left and right step through events, up and down through callers and calls; W and S zoom, A and D pan, T shows a table."
      focus={focus}
      neighbours={near}
      said={said}
    />
  );
}

/** The call in focus, and those that a key leads to, in words. */
function toldOf(frame: ExecutionFrame | null, selected: string | null, said: string) {
  const looked = lookedAt(frame, callOf(selected));
  if (looked?.call == null) return { focus: null, near: [] };
  const { call, thread, stack } = looked;
  const told = (each: typeof call, role: string): ProxyItem => ({
    id: `${thread.thread}.${each.call}`,
    label: `${role}${each.name}, ${each.path}:${each.at}`,
  });
  const caller = stack.find((each) => each.call === call.parent);
  return {
    focus: { ...told(call, ''), ...(said === '' ? {} : { label: said }) },
    near: caller === undefined ? [] : [told(caller, 'up: ')],
  };
}

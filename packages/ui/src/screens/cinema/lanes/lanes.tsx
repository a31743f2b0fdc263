/** The lanes: one canvas, one tab stop. */
import { useEffect, useRef, useState } from 'react';
import { Scene } from '../../../scene/proxy.tsx';
import { useStage } from '../../../scene/use-stage.ts';
import { useSelection } from '../../../state/selection.ts';
import type { Parts } from '../parts.ts';
import { useShown } from '../director/shown.ts';
import { LanesScene } from './lanes-scene.ts';

export function Lanes({ parts, onScene }: { parts: Parts; onScene: (scene: LanesScene | null) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const [scene, setScene] = useState<LanesScene | null>(null);
  const said = useShown(parts.director.shown, (shown) => shown.said);
  const call = useSelection((selection) => selection.call);
  useStage(host, (stage) => {
    const made = new LanesScene(stage, parts);
    setScene(made);
    return made;
  });
  useEffect(() => {
    onScene(scene);
    return scene?.start();
  }, [scene, onScene]);
  return (
    <Scene
      ref={host}
      className="lanes"
      label="Lanes of threads and tasks over time. Left and right step through events, up and down through callers and calls; W and S zoom, A and D pan, T shows a table."
      focus={call === null ? null : { id: call, label: said === '' ? `call ${call}` : said }}
      said={said}
    />
  );
}

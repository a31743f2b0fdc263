/** A stage for as long as its element is there. */
import { useEffect, useRef, type RefObject } from 'react';
import { Stage, type StageOptions } from './stage.ts';
import { steer, type Steering } from './steer.ts';

/**
 * `make` is called once, when the element is there; what it gives is a stage's options and what hands do on it. Data that changes later
 * is handed to the painters by their maker, who then calls `repaint`.
 */
export function useStage(
  host: RefObject<HTMLElement | null>,
  make: (stage: () => Stage) => { options: StageOptions; steering: Steering },
): RefObject<Stage | null> {
  const stage = useRef<Stage | null>(null);
  const made = useRef(make);
  useEffect(() => {
    const { options, steering } = made.current(() => stage.current!);
    const own = new Stage(host.current!, options);
    stage.current = own;
    const end = steer(host.current!, steering);
    return () => {
      end();
      own.dispose();
      stage.current = null;
    };
  }, [host]);
  return stage;
}

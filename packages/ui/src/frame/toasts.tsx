import { useSyncExternalStore } from 'react';
import { forget, toasts } from '../state/toasts.ts';

/** Read aloud when there is time for it; a click takes one away. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, () => toasts.getState().toasts);
  return (
    <div className="toasts" role="status">
      {shown.map(({ id, text, tone }) => (
        <button key={id} className={`toast ${tone}`} onClick={() => forget(id)}>
          {text}
        </button>
      ))}
    </div>
  );
}

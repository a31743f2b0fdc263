/** What was done, told for some seconds at the edge of the page. */
import { createStore } from 'zustand/vanilla';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

const SHOWN_MS = 4000;
/** More at once are no news, but noise. */
const MOST = 3;

export const toasts = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }));

let last = 0;

export function tell(text: string, tone: Toast['tone'] = 'plain'): void {
  const toast = { id: ++last, text, tone };
  toasts.setState((now) => ({ toasts: [...now.toasts, toast].slice(-MOST) }));
  setTimeout(() => forget(toast.id), SHOWN_MS);
}

export const forget = (id: number): void =>
  toasts.setState((now) => ({ toasts: now.toasts.filter((each) => each.id !== id) }));

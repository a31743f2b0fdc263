/** What was asked here, newest first; kept by the browser. */
import { createStore } from 'zustand/vanilla';

const KEPT_AS = 'intellimap.asked';
const MOST = 60;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}

export const asked = createStore<{ all: readonly string[] }>(() => ({ all: kept() }));

export function remember(sql: string): void {
  const all = [sql, ...asked.getState().all.filter((each) => each !== sql)].slice(0, MOST);
  asked.setState({ all });
  localStorage.setItem(KEPT_AS, JSON.stringify(all));
}

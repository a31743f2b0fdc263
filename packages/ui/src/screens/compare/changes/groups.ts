/** Changes by what somebody looks for. Pure. */
import type { Answered } from '../../../api/ask.ts';

export type Compared = NonNullable<Answered<'compare'>>;
export type Change = Compared['changes'][number];

export const GROUPS = [
  { id: 'slower', title: 'slower', sign: '▲' },
  { id: 'faster', title: 'faster', sign: '▼' },
  { id: 'errors', title: 'errors', sign: '!' },
  { id: 'added', title: 'added', sign: '+' },
  { id: 'removed', title: 'removed', sign: '−' },
  { id: 'more', title: 'more calls', sign: '»' },
  { id: 'fewer', title: 'fewer calls', sign: '«' },
  { id: 'imports', title: 'imports', sign: '⇢' },
  { id: 'order', title: 'order', sign: '⇅' },
] as const;
export type Group = (typeof GROUPS)[number]['id'];

/** Every change is in one group. */
export function groupOf({ kind, what }: Pick<Change, 'kind' | 'what'>): Group {
  if (kind === 'error') return 'errors';
  if (kind === 'import') return 'imports';
  if (kind === 'order') return 'order';
  return what === 'earlier' || what === 'later' || what === 'other' ? 'order' : what;
}

export const signOf = (change: Pick<Change, 'kind' | 'what'>): string =>
  GROUPS.find(({ id }) => id === groupOf(change))!.sign;

/** Groups that have changes, in the order above. */
export function countsOf(changes: readonly Change[]): { group: (typeof GROUPS)[number]; count: number }[] {
  return GROUPS.map((group) => ({
    group,
    count: changes.filter((change) => groupOf(change) === group.id).length,
  })).filter(({ count }) => count > 0);
}

export interface Wanted {
  group?: string | undefined;
  because?: string | undefined;
  find?: string | undefined;
}

export function wantedOf(changes: readonly Change[], { group, because, find = '' }: Wanted): Change[] {
  const text = find.toLowerCase();
  return changes.filter(
    (change) =>
      (group === undefined || groupOf(change) === group) &&
      (because === undefined || change.because === because) &&
      (text === '' || `${change.subject} ${change.says} ${change.path ?? ''}`.toLowerCase().includes(text)),
  );
}

/** The same thing may differ in two ways: in time and in calls. */
export const keyOf = ({ kind, what, key, unit }: Change): string => `${kind} ${what} ${unit} ${key}`;

/** What analyses leave out as too small to matter. */
import type { Section } from './setting.ts';

export const hotPaths = {
  minShare: { type: 'number', default: 0.02, min: 0, max: 1, unit: 'share of the time of all root calls', doc: 'Chains of calls that take less are not told.' },
  dominance: { type: 'number', default: 0.5, min: 0, max: 1, unit: 'share of the time of the caller', doc: 'A chain goes on with a callee that takes at least so much of it.' },
  limit: { type: 'number', default: 10, min: 1, unit: 'chains', doc: 'As many are told, the heaviest.' },
} as const satisfies Section; // prettier-ignore

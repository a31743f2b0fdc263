/** The call graph as rows of tables. */
import type { RowOf } from '../../schema/index.ts';
import type { CallFacts } from './facts.ts';
import { linkCalls } from './link.ts';
import type { Target } from './link/program.ts';

export interface CallRows {
  edges: RowOf<'call_edges'>[];
  sites: RowOf<'call_sites'>[];
}

export function callRows(facts: readonly CallFacts[], target: Target): CallRows {
  const { edges, sites } = linkCalls(facts, target);
  return {
    edges,
    sites: sites.map(({ isOutside, tooMany, isAwaited, form, ...rest }) => ({
      ...rest,
      form: form as RowOf<'call_sites'>['form'],
      outside: isOutside,
      too_many: tooMany === 0 ? null : tooMany,
      awaited: isAwaited,
    })),
  };
}

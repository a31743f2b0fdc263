/** Calls of a thread that were counted by caller and callee. */
import type { Edges, SiteId } from '@intellimap/probe/wire';

export class SiteEdges {
  private readonly calls = new Map<SiteId, Map<SiteId, number>>();

  add({ callers, callees, calls }: Edges): void {
    for (let at = 0; at < calls.length; at++) {
      const from = this.calls.get(callers[at]) ?? new Map<SiteId, number>();
      this.calls.set(callers[at], from);
      from.set(callees[at], (from.get(callees[at]) ?? 0) + calls[at]);
    }
  }

  /** @param tell caller 0: none */
  each(tell: (caller: SiteId, callee: SiteId, calls: number) => void): void {
    for (const [caller, from] of this.calls) for (const [callee, calls] of from) tell(caller, callee, calls);
  }
}

/** Functions, how often they ran and who called them → rows. */
import type { RowOf } from '../schema/index.ts';
import type { ReplayedRun } from './replay-run.ts';
import { orNull } from './or-null.ts';
import { EDGE } from './replay/edges.ts';
import { NODE } from './replay/program.ts';

export function functionRows({ program, folder }: ReplayedRun): RowOf<'functions'>[] {
  return program.functions.map(({ no, path, site }) => ({
    run_id: folder.run.id,
    function_id: no,
    ast_node_id: site.id,
    name: site.name,
    path,
    kind: site.kind,
    is_async: site.flags?.includes('a') ?? false,
    is_generator: site.flags?.includes('g') ?? false,
    line: site.line,
    column: site.column,
    end_line: site.endLine,
    end_column: site.endColumn,
    hash: site.hash ?? null,
    off: site.off ?? null,
    kept: site.planned?.keep ?? 'calls',
    planned_rate: site.planned?.perSecond ?? null,
  }));
}

export function nodeRows({ program, folder, sinks }: ReplayedRun): RowOf<'nodes_runtime'>[] {
  const { tier } = folder.run;
  const timed = tier === 'performance';
  const { aggregates } = sinks;
  const ms = (no: number, field: number) => (timed ? Math.max(0, aggregates.of(no, field) / 1000) : null);
  return program.functions
    .filter(({ no }) => aggregates.of(no, NODE.HITS) > 0)
    .map(({ no, path, site }) => ({
      run_id: folder.run.id,
      path,
      ast_node_id: site.id,
      hits: aggregates.of(no, NODE.HITS),
      roots: tier !== 'minimal' ? aggregates.of(no, NODE.ROOTS) : null,
      threw: timed ? aggregates.of(no, NODE.THREW) : null,
      self_ms: ms(no, NODE.SELF),
      total_ms: ms(no, NODE.TOTAL),
      wait_ms: ms(no, NODE.WAIT),
    }));
}

export function edgeRows({ program, folder, sinks }: ReplayedRun): RowOf<'edges_runtime'>[] {
  const timed = folder.run.tier === 'performance';
  const { edges } = sinks.aggregates;
  const rows: RowOf<'edges_runtime'>[] = [];
  for (let edge = 0; edge < edges.size; edge++) {
    const at = edge * EDGE.STRIDE;
    const src = program.functions[edges.records[at + EDGE.SRC] - 1];
    const dst = program.functions[edges.records[at + EDGE.DST] - 1];
    if (src === undefined || dst === undefined) continue;
    const [p50, p95, p99] = edges.latencies
      .quantiles(edge, [0.5, 0.95, 0.99])
      .map((micros) => orNull(micros / 1000));
    rows.push({
      run_id: folder.run.id,
      src: src.site.id,
      dst: dst.site.id,
      count: edges.records[at + EDGE.COUNT],
      latency_p50_ms: p50!,
      latency_p95_ms: p95!,
      latency_p99_ms: p99!,
      total_ms: timed ? edges.records[at + EDGE.TOTAL] / 1000 : null,
    });
  }
  return rows;
}

/**
 * All commands by name, in the order that help shows them. Each is loaded when it is asked for: the files of all of them take longer to
 * load than most commands to run.
 */
import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).run,
  plan: async () => (await import('./plan.ts')).plan,
  scenario: async () => (await import('./scenario.ts')).scenario,
  runs: async () => (await import('./runs.ts')).runs,
  collect: async () => (await import('./collect.ts')).collect,
  open: async () => (await import('./open.ts')).open,
  report: async () => (await import('./report.ts')).report,
  diff: async () => (await import('./diff.ts')).diff,
  show: async () => (await import('./show.ts')).show,
  calls: async () => (await import('./calls.ts')).calls,
  path: async () => (await import('./path.ts')).path,
  slice: async () => (await import('./slice.ts')).slice,
  model: async () => (await import('./model.ts')).model,
  history: async () => (await import('./history.ts')).history,
  v8: async () => (await import('./v8.ts')).v8,
  query: async () => (await import('./query.ts')).query,
  baseline: async () => (await import('./baseline.ts')).baseline,
  gate: async () => (await import('./gate.ts')).gate,
  sign: async () => (await import('./sign.ts')).sign,
  verify: async () => (await import('./verify.ts')).verify,
  dead: async () => (await import('./dead.ts')).dead,
  patterns: async () => (await import('./patterns.ts')).patterns,
  topology: async () => (await import('./topology.ts')).topology,
  deps: async () => (await import('./deps.ts')).deps,
  graph: async () => (await import('./graph.ts')).graph,
  export: async () => (await import('./export.ts')).exportRun,
  import: async () => (await import('./import.ts')).importRun,
  trace: async () => (await import('./trace.ts')).trace,
  stop: async () => (await import('./stop.ts')).stop,
  keep: async () => (await import('./keep.ts')).keep,
  limits: async () => (await import('./limits.ts')).limits,
  panic: async () => (await import('./panic.ts')).panic,
  privacy: async () => (await import('./privacy.ts')).privacy,
  doctor: async () => (await import('./doctor.ts')).doctor,
  config: async () => (await import('./config.ts')).config,
  clean: async () => (await import('./clean.ts')).clean,
};

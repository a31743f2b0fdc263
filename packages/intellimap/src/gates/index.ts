/** Whether a build may pass. */
export { type Baseline, baselineText, parseBaseline } from './baseline.ts';
export type { ChangedLines, Comparison, GateSettings } from './comparison.ts';
export { type BuildFacts, factsOf } from './facts.ts';
export { judge, wantsMore } from './judge.ts';
export { annotations } from './render/annotations.ts';
export { html } from './render/html.ts';
export { junit } from './render/junit.ts';
export { markdown } from './render/markdown.ts';
export { sarif } from './render/sarif.ts';
export {
  type BuildHead,
  exitCodeOf,
  findingsOf,
  type GateName,
  type GateReport,
  type GateResult,
  GATES,
  REPORT_FORMAT,
  REPORT_VERSION,
} from './report.ts';
export { schedule, type Side } from './schedule.ts';

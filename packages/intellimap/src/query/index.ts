/** Typed questions with typed answers: the only door to stored data. */
export {
  type BuildRun,
  buildRun,
  latestLike,
  type RunError,
  type RunFunction,
  type RunTasks,
} from './build-runs.ts';
export { aggregateTexts } from './aggregates.ts';
export {
  type BlindSpot,
  type CallNeighbour,
  callsAround,
  type CallsAnswer,
  type CallsOfFunction,
  EVIDENCE,
  type OpenSite,
} from './calls-around.ts';
export { callRates, type CallRates, PASSED_OVER, passedOver, type PassedOver } from './call-rates.ts';
export { type PackRun, packRuns } from './pack-runs.ts';
export { patternProof } from './pattern-proof.ts';
export { type PlannedRun, plannedRuns } from './planned-runs.ts';
export {
  type CoveredBlock,
  type CoveredFile,
  type CoveredFunction,
  coveredFiles,
  coverageOf,
} from './coverage.ts';
export { cpuProfile, type CpuProfileAnswer, type SampledFunction, warmUp } from './cpu-profile.ts';
export { type ErrorPlace, errors } from './errors.ts';
export { type CallFacts, findCall } from './find-call.ts';
export { coverageGap, type CoverageGap, type CoverageSides } from './coverage-gap.ts';
export { type Change, type Drift, drift } from './drift/index.ts';
export { type Failure, failures, type SilentFailure, silentFailures } from './failures.ts';
export {
  type Flag,
  type FlagBranch,
  flagCoverage,
  type FlagReader,
  type FlagValue,
} from './flag-coverage.ts';
export {
  flagLatency,
  type FlagLatency,
  type FlagPair,
  flagPaths,
  type FlagPaths,
  type FlagReadRow,
  flagReads,
  type FlagRunBlock,
  type FlagRunEdge,
  type FlagRunFunction,
  type FlagRunValue,
  type FlagSideRow,
} from './flag-paths.ts';
export { propertyValues, type ReadProperty } from './flag-values.ts';
export { type Hotspot, hotspots } from './hotspots.ts';
export { type HotPath, hotPaths, type PathFunction } from './hot-paths.ts';
export { executed, type Executed, type Seen, type Window, type WindowRun } from './executed.ts';
export {
  type CallFilter,
  type CallRow,
  eachCall,
  exportFacts,
  type ExportFacts,
  type FunctionPlace,
  linksOf,
  type ThreadFacts,
  type ThreadLinks,
  wantedFunctions,
  wantedTask,
} from './export-calls.ts';
export {
  coverageRows,
  type CoverageRow,
  cpuNodes,
  type CpuNodeRow,
  eachCpuSample,
  type CpuSampleRow,
  eachSpan,
  type ErrorRow,
  functionHits,
  type FunctionHits,
  type SpanRow,
  taskRows,
  type TaskRow,
  errorRows,
} from './export-rows.ts';
export { type FoundFunction, foundFunctions } from './found-functions.ts';
export { issues, type Issues, type Moment, type Signature, type StackLine } from './issues.ts';
export { sourceFile, type SourceFile, type SourceFunction } from './source-file.ts';
export { type HotFunction, hottest } from './hottest.ts';
export { importUses, type ImportUses } from './import-uses.ts';
export { type InsideEdge, type InsideModule, insideModule } from './inside-module.ts';
export { listRuns, type RunLine } from './list-runs.ts';
export { type LongPause, longestPauses } from './pauses.ts';
export {
  type AwaitsInTurn,
  awaitsInTurn,
  type CallEnd,
  type RepeatedCall,
  repeatedCalls,
} from './repeated-calls.ts';
export { comparedHeaps, type GrownConstructor, heapDiff, leakSuspects } from './heap.ts';
export { mapFacts } from './map/index.ts';
export { mapPicture } from './map/picture.ts';
export { type MeasuredFacts, measuredFacts } from './measured.ts';
export { project, type Project } from './project.ts';
export { type Certainty, type RunSummary, runSummary } from './run-summary.ts';
export { NEAR, type NearFunction, type Neighbourhood, neighbourhood } from './neighbourhood.ts';
export { type CallMoment, slowestCall } from './slowest-call.ts';
export {
  openSession,
  resolveRun,
  type RunRow,
  type Session,
  type SessionOptions,
  withSession,
} from './session.ts';
export {
  type FunctionAnswer,
  type FunctionFacts,
  type Neighbour,
  showFunction,
  type ToldEvents,
} from './show-function.ts';
export { slowTasks, type TaskFunction, type TaskReason } from './slow-tasks.ts';
export { type PageVital, webVitals } from './web-vitals.ts';
export { type SlowResource, slowestResources, type SlowRoute } from './slowest-resources.ts';
export { type SlowTask, slowestTasks } from './slowest-tasks.ts';
export { sourceGraph, type SourceGraph, type SourceImport } from './source-graph.ts';
export { type AskLimits, sql, tellSql } from './sql.ts';
export { sliceFacts } from './slice-facts.ts';
export { heardStatements, listening, runnable } from './statements.ts';
export { explained, type Explained, type ExplainedStep, type ExplainedTable } from './explain.ts';
export {
  type CallPath,
  callPaths,
  type CallPaths,
  type Hop,
  type PathEnd,
  type WayFunction,
  type PathOptions,
} from './call-paths/index.ts';
export { type FunctionRun, functionRuns } from './function-runs.ts';
export { type KnownFunction, knownFunctions } from './known-functions.ts';
export { openBeside } from './side-by-side.ts';
export { type Standing, standing, type StandingOptions } from './standing.ts';
export type { SteadyState } from './steady-state.ts';
export { verdict, type VerdictAnswer } from './verdict.ts';
export { type ImportEdge, type ImportUse, unusedImports } from './unused-imports.ts';
export {
  type Answer,
  type AnswerListener,
  type Cell,
  isBroken,
  type Json,
  type LiveRun,
  runsState,
  type SurveySources,
} from '../store/index.ts';
export type { CallValue } from './call-values.ts';
export { callValues, recentValues, type SeenCall, type StateChange } from './recent-values.ts';
export { taskLanes, type TaskLane, type TaskLanes, type TaskLanesAsk } from './task-lanes.ts';
export {
  type Lane,
  type Overview,
  type OverviewAsk,
  type OverviewColumns,
  type OverviewHead,
  type OverviewMark,
  SpanFlag,
  type TimeWindow,
  type TimeWindowAsk,
  type TimeWindowColumns,
  type TimeWindowHead,
  type WindowFunction,
} from './timeline/window-shape.ts';
export { overview } from './overview.ts';
export { timeWindow } from './time-window.ts';
export { prepareWindows } from './timeline/times-of.ts';
export {
  type ActiveTask,
  CALL_FLAG,
  type CallTree,
  type ExecutionFrame,
  type LiveCall,
  type MessageInFlight,
  type MomentCounters,
  type NamedFunction,
  type SourceLine,
  type SourceLines,
  type SourcePlace,
  type StateAt,
  type Step,
  type StepKind,
  type StepScope,
  type StepWhat,
  type SuspendedCall,
  type ThreadMoment,
  type ValueShown,
  type WhyChain,
  type WhyLink,
  type WhySureness,
} from './moment-answers.ts';
export { sourcePath, type SourceText, sourceText } from './source-text.ts';
export { frameAt, type FrameQuestion } from './frame-at.ts';
export { prepareMoments } from './moments.ts';
export { stepFrom, type StepQuestion } from './step-from.ts';
export { callTree, type TreeQuestion } from './call-tree.ts';
export { promptAbout, type PromptAbout } from './verdict/prompt-about.ts';
export { why, type WhyQuestion } from './why.ts';
export { type LinesQuestion, sourceLines } from './source-lines.ts';
export {
  compareRuns,
  type ComparedChange,
  type Comparison,
  type Likeness,
  type Usual,
} from './compare/index.ts';
export {
  type CompareTree,
  compareTree,
  type CompareTreeQuestion,
  type TreeFunction,
  type TreeMeasure,
  type Unmatched,
} from './compare-tree/index.ts';
export { storedTexts, type StoredTexts } from './stored-texts.ts';
export {
  type Aggregate,
  type CallFields,
  type CallOptions,
  type KnownCall,
  type Calls,
  type Condition,
  type Evidence,
  type FlagField,
  type FunctionFields,
  type FunctionRow,
  type Functions,
  type GroupRow,
  type Groups,
  type ModuleFields,
  type ModuleRow,
  type Modules,
  type NumberField,
  type Order,
  type Question,
  type Recording,
  recordingOf,
  type Statement,
  type TextField,
  type WalkOptions,
} from './builder/index.ts';
export { type FunctionMetrics, functionMetrics } from './function-metrics.ts';
export { type GraphSize, graphSize } from './graph-size.ts';
export { callSequences, type CallSequences, type ToldEvent } from './sequences/call-sequences.ts';
export type { CallSequence } from './sequences/sequence-list.ts';
export {
  modelCalls,
  type ModelCallee,
  type ModelEdge,
  type ModelledFunction,
  modelledFunctions,
  type ModelledRun,
  modelledRun,
  type ModelSite,
} from './sequences/model-facts.ts';
export {
  edgeKey,
  TOPOLOGY_EVIDENCE,
  type TopologyBlindSpot,
  type TopologyEvidence,
  topologyEvidence,
  type TopologyLoad,
  type TopologyNodeSeen,
  type TopologySeen,
  type TopologyThreads,
} from './topology.ts';

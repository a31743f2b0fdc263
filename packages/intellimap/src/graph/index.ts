/** The workspace's text, whether it ran or not: functions, references, imports, exports, packages. */
export { type CallRows } from './calls/rows.ts';
export { filesIn, goalOf } from './files.ts';
export { FolderWatch } from './folder-watch.ts';
export { type Survey, type SurveyOptions, surveyWorkspace, Workspace } from './workspace.ts';
export { type FileRows, surveyFile } from './survey/file.ts';
export { type Variables, variablesNamed } from './variables.ts';
export { graphsOf } from './pool.ts';
export { GRAPH_NAMES, GRAPH_VERSION } from './property/version.ts';
export { extendedPatterns } from './patterns/extended/extended.ts';
export { findingsOf, inOrder, withProof } from './patterns/findings.ts';
export { findPatterns } from './patterns/find.ts';
export type { PatternFinding } from './patterns/finding.ts';
export type { Pattern } from './patterns/pattern.ts';
export { PATTERNS } from './patterns/list/index.ts';
export { type LeftOut, readProject } from './patterns/read-project.ts';
export { type StaticFunction, type StaticFunctions, staticFunctions } from './plan/functions.ts';
export { estimatedRates, smallInLoops } from './plan/estimate.ts';
export { Blobs } from './history/blobs.ts';
export { aliasesOf, carryOver, type Pair } from './history/carry-over.ts';
export { changedFiles, readBlob, snapshotsOf } from './history/commits.ts';
export { type PastFile, type PastFunction, readPast } from './history/functions.ts';
export { churnOf, headOf } from './history/churn.ts';
export { findFunctions } from './history/find.ts';
export { type CognitivePart, cognitiveParts } from './metrics/cognitive-parts.ts';
export { bodiesOf } from './metrics/bodies.ts';
export { recursiveBodies } from './metrics/recursion.ts';
export { follow, type HistoryEvent } from './history/follow.ts';
export { presentOf } from './history/present.ts';
export { Repository } from './history/repository.ts';
export { HAPPENINGS, type Happening } from './history/what-happened.ts';
export { type SliceOptions } from './slices/across.ts';
export { type SliceAnswer, sliceAt, type SlicedFunction } from './slices/at.ts';
export {
  type SlicedFile,
  type SlicedLine,
  type SliceReason,
  type SliceStart,
  type SliceStop,
} from './slices/slice.ts';
export { readSourceFile } from './file/on-disk.ts';
export { automatonOf, End, type Automaton } from './models/automaton.ts';
export { type CalledThere, type CallPlaces, callPlaces } from './models/call-places.ts';
export { CHANGES, compareVariants, type ComparedVariant } from './models/compare.ts';
export { isOfParameters, isTold, labelsOf } from './models/events.ts';
export { type Callee, type Callees, isWithin } from './models/expectations.ts';
export { fold, type Folded, MISFITS, type Unforeseen } from './models/fold.ts';
export { modelOf, type FunctionModel } from './models/model-of.ts';
export { netOf } from './models/net.ts';
export { type Outline, outlineOf } from './models/outline.ts';
export { type Part, type Variant, variantsOf } from './models/variants.ts';
export { headText, isNestedReturn, stepText, stepWhat } from './models/step-text.ts';
export {
  CERTAINTIES,
  EDGE_KINDS,
  NODE_KINDS,
  type Topology,
  type TopologyEdge,
  type TopologyNode,
} from './topology/model.ts';
export { readTopology } from './topology/read-topology.ts';

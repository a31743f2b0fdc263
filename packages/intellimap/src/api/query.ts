/** `intellimap/query`: asks what was recorded in a workspace, from programs. I/O: configuration, program texts, the database. */
import { loadConfig, loadExtensions } from '../config/index.ts';
import { sliceAt, type SliceAnswer, type SliceOptions, surveyWorkspace } from '../graph/index.ts';
import { openBeside, type Recording as Answers, recordingOf, sliceFacts } from '../query/index.ts';
import { findRoot } from '../record/workspace.ts';

export type {
  Aggregate,
  CallFields,
  CallOptions,
  CallPath,
  CallPaths,
  Calls,
  Condition,
  Evidence,
  Explained,
  ExplainedStep,
  ExplainedTable,
  FlagField,
  FunctionFields,
  FunctionRow,
  Functions,
  GroupRow,
  Groups,
  Hop,
  KnownCall,
  ModuleFields,
  ModuleRow,
  Modules,
  NumberField,
  Order,
  PathEnd,
  PathOptions,
  Question,
  Statement,
  TextField,
  WalkOptions,
  WayFunction,
} from '../query/index.ts';

export type {
  SliceAnswer,
  SlicedFile,
  SlicedFunction,
  SlicedLine,
  SliceOptions,
  SliceReason,
  SliceStart,
  SliceStop,
} from '../graph/index.ts';

export interface Recording extends Answers {
  /**
   * What the value at a place depends on, line by line, or with `isForward` what depends on it; over files along the call graph.
   * @param place `src/a.ts:12`, `src/a.ts:12:7` (line and column from 1), `src/a.ts:12:total`
   * @throws Error with a message for people: no such file, nothing there
   */
  slice: (place: string, options?: SliceOptions) => Promise<SliceAnswer>;
}

export interface OpenOptions {
  /** A folder of the workspace (default: the current one). */
  cwd?: string;
  /** Id of a run, or a unique beginning of one; the latest by default. */
  run?: string;
  /** Called with what a person may want to know: a recording that cannot be read, say. Nothing is printed. */
  onMessage?: (message: string) => void;
}

/**
 * Opens the recordings of a workspace, with its program texts as they are now. The first time after something changed takes as long as a report does.
 * Others of the workspace may be open beside it: recordings, program texts and configuration are then as they were when the first of them was opened.
 * @throws Error with a message for people: nothing was recorded, no such run, the database is in use, the run was recorded since the first was opened
 */
export async function openRecording({
  cwd = process.cwd(),
  run,
  onMessage = () => {},
}: OpenOptions = {}): Promise<Recording> {
  const root = findRoot(cwd);
  const configuration = await loadConfig(root);
  const { events, problems } = await loadExtensions(root, configuration);
  for (const problem of problems) onMessage(problem);
  const session = await openBeside(root, {
    settings: configuration.settings,
    events,
    sources: async (known) => surveyWorkspace(root, known),
    onMessage,
    ...(run !== undefined && { run }),
  });
  for (const each of session.failed) onMessage(`run ${each.run} cannot be read: ${each.reason}`);
  return {
    ...recordingOf(session),
    slice: async (place, slicing) => await sliceAt(root, sliceFacts(session), place, slicing),
  };
}

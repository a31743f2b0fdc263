/** What commands print with `--json`, as JSON Schemas: the source of docs/schemas. A new one is a shape, and a line below. */
import {
  anything,
  both,
  count,
  document,
  integer,
  type JsonSchema,
  list,
  number,
  object,
  orNull,
  record,
  type Shape,
  text,
  yesNo,
  oneOf,
} from '../../base/shape.ts';
import type { Json, RunLine } from '../../query/index.ts';
import type { CleanAnswer } from '../clean-text.ts';
import type { CollectAnswer } from '../commands/collect.ts';
import type { ListedRun } from '../storages.ts';
import type { ScenarioAnswer } from '../commands/scenario.ts';
import type { ScenarioOutcome, StepOutcome } from '../../scenario/index.ts';
import type { ConfigAnswer } from '../commands/config.ts';
import type { DepsAnswer } from '../commands/deps.ts';
import { callsAnswer } from './calls.ts';
import { diff } from './diff.ts';
import { diagnosis } from './doctor.ts';
import { explained, statements } from './explained.ts';
import { graphAnswer, graphUpdate } from './graph.ts';
import { history } from './history.ts';
import { modelAnswer } from './model.ts';
import { callPaths } from './path.ts';
import { analysis, report } from './report.ts';
import { explainedMetrics, metrics } from './metrics.ts';
import { explainedPattern, patterns } from './patterns.ts';
import { topologyAnswer } from './topology.ts';
import type { ExportAnswer } from '../commands/export.ts';
import type { ImportAnswer } from '../commands/import.ts';
import { IMPORT_FORMATS } from '../../base/recording.ts';
import type { PrivacyAnswer } from '../privacy-text.ts';
import { plan } from './plan.ts';
import { verifyAnswer } from './seal.ts';
import { callFacts, functionAnswer } from './show.ts';
import { sliceAnswer } from './slice.ts';
import { runSummary } from './summary.ts';
import { coveredFunctions, v8Answer } from './v8.ts';

const stored: Shape<ListedRun[]> = list(
  object<ListedRun>({ id: text('runs.id'), startedAt: integer('ms since the epoch'), command: list(text()) }),
  'Newest first.',
);

const runs: Shape<RunLine[]> = list(
  object<RunLine>({
    id: text('runs.id'),
    startedAt: integer('ms since the epoch'),
    durationMs: orNull(number(), 'no end is known'),
    command: list(text()),
    tier: text(),
    branch: orNull(text()),
    commit: orNull(text()),
    exitCode: orNull(integer()),
    signal: orNull(text()),
    calls: count(),
    errors: count(),
    complete: yesNo(),
    labels: list(text(), 'As --label gave them.'),
    imported: yesNo('Another tool recorded it.'),
  }),
  'Newest first.',
);

const rows: Shape<Record<string, Json>[]> = list(
  record(
    anything<Json>(),
    'A row: column → value. Numbers beyond 2^53, dates and what else JSON has no word for are text.',
  ),
);

const config: Shape<ConfigAnswer> = object<ConfigAnswer>({
  file: orNull(text('The file.'), 'there is none'),
  settings: record(record(anything()), 'Section → setting → value, defaults included.'),
  said: list(text(), 'Key paths that the file says.'),
  extend: record(list(text()), 'What the file adds: names by what they are.'),
  problems: list(text(), 'Of what it would add, but for what is wrong with it.'),
});

const clean: Shape<CleanAnswer> = object<CleanAnswer>({
  removed: list(text(), 'Ids, oldest first.'),
  reasons: record(oneOf(['count', 'age', 'size']), 'Id → by which limit it went.'),
  kept: count('How many are left.'),
  held: record(text(), 'Id → why it stays whatever the limits say.'),
  freedBytes: count(),
  bytes: count('Of the recordings that are left.'),
  databaseBytes: count('Before anything was removed.'),
  dryRun: yesNo('Nothing was removed.'),
});

const redacted = { rule: text('docs/privacy.md lists them.'), where: text('Kind of text.'), count: count() };
const privacy: Shape<PrivacyAnswer> = object<PrivacyAnswer>({
  run: text('runs.id'),
  folder: text('Absolute.'),
  database: object({ path: text('Absolute.'), bytes: count('Of all runs.') }),
  key: yesNo('Tokens of this workspace can be compared.'),
  values: orNull(list(text(), 'Functions whose values were asked for.'), 'no values are recorded'),
  valueBytes: count('Of texts of values.'),
  heaps: yesNo('Snapshots of the heap were kept, which hold every text of the program.'),
  redacted: list(object(redacted), 'In the program, before it was written; most often first.'),
  notes: record(count(), 'What threads told beside their calls: kind → how often.'),
  kinds: list(
    object({ kind: text('In words.'), path: text('In the folder.'), files: count(), bytes: count() }),
  ),
  found: orNull(
    list(
      object({ ...redacted, example: text('As it would be shown.') }),
      'What rules of today see in the run.',
    ),
    'nobody looked: --scan does',
  ),
});

const deps: Shape<DepsAnswer> = object<DepsAnswer>({ dependencies: analysis, imports: analysis });
const exported: Shape<ExportAnswer> = object<ExportAnswer>({
  run: text('runs.id'),
  files: list(object({ path: text('Absolute.'), bytes: count() }), 'Files and folders that were written.'),
  missing: orNull(text('Which calls are not in it, in words'), 'all are'),
  place: orNull(text('The place for runs that has it now'), 'files have'),
});

const imported: Shape<ImportAnswer> = object<ImportAnswer>({
  run: text('runs.id'),
  format: oneOf(IMPORT_FORMATS),
  rows: orNull(record(count(), 'Table → rows'), 'of Parquet, which has all tables'),
  attributed: orNull(
    object({
      functions: count('Those that name a function of this workspace.'),
      of: count('Those that could: nodes, functions, spans.'),
    }),
    'nothing in it could',
  ),
  notes: list(text(), 'What was left out, in words.'),
});

const collected: Shape<CollectAnswer> = object<CollectAnswer>({
  run: orNull(text('runs.id'), 'nothing came'),
  threads: count('Pages, and workers of pages.'),
  batches: count(),
  duplicates: count('Batches that were kept already.'),
  words: count(),
  events: count(),
  lost: count('Words that pages dropped, and those of batches that never came.'),
  bytes: count('Of batches, as they were sent.'),
  spans: count(),
  logs: count(),
  points: count('Of metrics.'),
  refused: count('Requests, batches and connections that were not taken.'),
});

const step: Shape<StepOutcome> = object<StepOutcome>({
  name: text(),
  result: oneOf(['passed', 'failed', 'skipped']),
  ms: number(),
  error: orNull(text('Why it failed.'), 'it did not'),
});

const scenarios: Shape<ScenarioAnswer> = object<ScenarioAnswer>({
  passed: count(),
  failed: count(),
  scenarios: list(
    object<ScenarioOutcome>({
      name: text('Of the file; a label of its run.'),
      file: text('Relative to the workspace.'),
      run: orNull(text('runs.id'), 'it did not come to that'),
      result: oneOf(['passed', 'failed']),
      ms: number('With its server, from start to end.'),
      error: orNull(text('Why it failed.'), 'it did not'),
      steps: list(step, 'In the order in which they ended.'),
      pictures: list(text(), 'Files, relative to the folder of the run.'),
    }),
  ),
});

/** Name of the command → schema. */
export const SCHEMAS: Record<string, JsonSchema> = {
  report: document('report', 'intellimap report --json', report),
  dead: document('dead', 'intellimap dead --json', analysis),
  deps: document('deps', 'intellimap deps --json', deps),
  patterns: document('patterns', 'intellimap patterns --json', patterns),
  'patterns-explained': document(
    'patterns-explained',
    'intellimap patterns --explain --json',
    explainedPattern,
  ),
  topology: document('topology', 'intellimap topology --json', topologyAnswer),
  metrics: document('metrics', 'intellimap metrics --json', metrics),
  'metrics-explained': document('metrics-explained', 'intellimap metrics --explain --json', explainedMetrics),
  run: document('run', 'intellimap run --json', runSummary),
  diff: document('diff', 'intellimap diff --json', diff),
  plan: document('plan', 'intellimap plan --json', plan),
  runs: document('runs', 'intellimap runs --json', runs),
  'runs-place': document('runs-place', 'intellimap runs --place <name> --json', stored),
  show: document('show', 'intellimap show --json', functionAnswer),
  history: document('history', 'intellimap history --json', history),
  call: document('call', 'intellimap show --call --json', callFacts),
  calls: document('calls', 'intellimap calls --json', callsAnswer),
  v8: document('v8', 'intellimap v8 --json', v8Answer),
  'v8-file': document('v8-file', 'intellimap v8 <file> --json', coveredFunctions),
  path: document('path', 'intellimap path --json', both(callPaths, statements)),
  model: document('model', 'intellimap model --json', modelAnswer),
  slice: document('slice', 'intellimap slice --json', both(sliceAnswer, statements)),
  query: document('query', 'intellimap query --json', rows),
  explained: document('explained', 'intellimap query --explain --json', explained),
  export: document('export', 'intellimap export --json', exported),
  import: document('import', 'intellimap import --json', imported),
  scenario: document('scenario', 'intellimap scenario --json', scenarios),
  collect: document('collect', 'intellimap collect --json', collected),
  clean: document('clean', 'intellimap clean --json', clean),
  privacy: document('privacy', 'intellimap privacy --json', privacy),
  config: document('config', 'intellimap config --json', config),
  graph: document(
    'graph',
    'intellimap graph --json, and the first line of graph --watch --json',
    graphAnswer,
  ),
  'graph-update': document('graph-update', 'intellimap graph --watch --json, each other line', graphUpdate),
  doctor: document('doctor', 'intellimap doctor --json', diagnosis),
  verify: document('verify', 'intellimap verify --json', verifyAnswer),
};

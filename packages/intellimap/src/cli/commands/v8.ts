/** `intellimap v8`: what V8 itself measured in a run. */
import { ExitCode, Fault } from '../../base/fault.ts';
import {
  type CoveredFile,
  coverageOf,
  type CpuProfileAnswer,
  type GrownConstructor,
  type MeasuredFacts,
  type SteadyState,
  coveredFiles,
  cpuProfile,
  heapDiff,
  measuredFacts,
  type Session,
  warmUp,
} from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { withRun } from '../session.ts';
import { JSON_ROWS } from '../summary.ts';
import { cpuText, filesText, functionsText, heapText, measuredText, type V8Layout } from '../v8-text.ts';

/** Rows of each list. */
const ROWS = 15;

export const v8: Command = {
  name: 'v8',
  usage: '[file] [--by self|total] [--run <id>] [--json]',
  summary: 'Says what V8 measured in a run: CPU samples, coverage, the heap.',
  details:
    'With a file, how often its functions and their blocks were passed. Record with --cpu-profile, --coverage, --heap.',
  options: { run: { type: 'string' }, by: { type: 'string' }, json: { type: 'boolean' } },
  help: [
    { usage: '[file]', text: 'a file of the program, relative to the workspace' },
    {
      usage: '--by <self|total>',
      text: 'orders functions by their own CPU samples (default), or with what they called',
    },
    { usage: '--run <id>', text: 'id of a run, or a unique beginning of one (default: the latest)' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const by = values['by'] ?? 'self';
    if (by !== 'self' && by !== 'total')
      throw new Fault(ExitCode.USAGE, `--by takes self or total, not "${by.toString()}"`);
    const [path] = positionals;
    const { paint, columns } = out;
    const asked = { by, rows: values['json'] ? JSON_ROWS : ROWS } as const;
    await withRun({ cwd, out }, values['run'], async (session) => {
      if (path !== undefined) {
        const functions = await functionsIn(session, path);
        out.print(
          values['json'] ? JSON.stringify(functions, null, 2) : functionsText(functions, { paint, columns }),
        );
        return;
      }
      const answer = await answerOf(session, asked);
      out.print(
        values['json'] ? JSON.stringify(answer, null, 2) : render(answer, asked.rows, { paint, columns }),
      );
    });
    return ExitCode.OK;
  },
};

async function functionsIn(session: Session, path: string) {
  const functions = await coverageOf(session, { path });
  if (functions.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `V8 counted nothing in "${path}"`,
      'files are given relative to the workspace; record with --coverage',
    );
  return functions;
}

/** When the busiest thread had warmed up. */
export interface WarmUp {
  /** null: no steady state was found. */
  steadyFromUs: number | null;
  samplesBefore: number;
  /** null: one was found. */
  why: string | null;
}

const toldWarmUp = (state: SteadyState): WarmUp =>
  state.found
    ? { steadyFromUs: state.from, samplesBefore: state.before, why: null }
    : { steadyFromUs: null, samplesBefore: 0, why: state.why };

/** What `v8 --json` prints. */
export interface V8Answer {
  measured: MeasuredFacts[];
  /** null, here and below: not measured. */
  cpu: CpuProfileAnswer | null;
  warmUp: WarmUp | null;
  coverage: CoveredFile[] | null;
  heap: GrownConstructor[] | null;
}

async function answerOf(
  session: Session,
  { by, rows }: { by: 'self' | 'total'; rows: number },
): Promise<V8Answer> {
  const measured = await measuredFacts(session);
  if (measured.length === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      'V8 measured nothing in this run',
      'record with --cpu-profile, --coverage, or --heap',
    );
  const has = (what: string): boolean => measured.some((each) => each.what === what && each.count > 0);
  return {
    measured,
    cpu: has('cpu') ? await cpuProfile(session, { limit: rows, by }) : null,
    warmUp: has('cpu') ? toldWarmUp(await warmUp(session)) : null,
    coverage: has('coverage') ? await coveredFiles(session) : null,
    heap: has('heap') ? await heapDiff(session, rows) : null,
  };
}

function render(
  { measured, cpu, warmUp: steady, coverage, heap }: V8Answer,
  rows: number,
  layout: V8Layout,
): string {
  return [
    measuredText(measured, layout.paint),
    ...(cpu !== null && steady !== null ? [cpuText(cpu, steady, rows, layout)] : []),
    ...(coverage === null ? [] : [filesText(coverage, rows, layout)]),
    ...(heap === null || heap.length === 0 ? [] : [heapText(heap, layout)]),
  ].join('\n\n');
}

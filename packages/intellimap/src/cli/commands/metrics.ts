/** `intellimap metrics`: which functions are worth looking at: complex, often changed, hot, failing, or never tried. */
import { join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { functionMetrics } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { refreshChanged } from '../../store/index.ts';
import { type Call, type Command, wholeNumber } from '../command.ts';
import { counted, oneLine } from '../format.ts';
import { asRecorded, insideOf } from '../inside.ts';
import { LIMITED, type Limits, named, type OverLimit, overLimits, ranked, type RankedFunction, SORTED, type Sorted } from '../metrics-rank.ts'; // prettier-ignore
import { type ExplainedPart, explainedText, metricsText, overText } from '../metrics-text.ts';
import { surveyor } from '../sources.ts';

/** What `--json` prints. */
export interface MetricsAnswer {
  /** Functions that were asked for, and how many of them are listed. */
  all: number;
  functions: RankedFunction[];
  over: OverLimit[];
}

/** What `--explain --json` prints. */
export interface ExplainedMetrics {
  function: RankedFunction;
  /** What its cognitive complexity is made of. */
  parts: ExplainedPart[];
}

const SHOWN = 20;

export const metrics: Command = {
  name: 'metrics',
  usage: '[path…] [--sort <figure>] [--limit <n>] [--max-<figure> <n>] [--json]',
  summary: 'Ranks functions by complexity, how often they changed, and what runs saw of them.',
  details: [
    'Of files or folders, or of the whole workspace. How each figure is counted: docs/metrics.md.',
    '',
    '  intellimap metrics src --sort cognitive',
    '  intellimap metrics --explain Cart.total',
    '  intellimap metrics --max-cognitive 15',
    '',
    'Exit codes: 0 nothing is above its limit · 1 something is · 64 wrong usage · 70 something failed inside.',
  ].join('\n'),
  options: {
    sort: { type: 'string' },
    limit: { type: 'string' },
    explain: { type: 'string' },
    calls: { type: 'boolean' },
    tests: { type: 'boolean' },
    ...Object.fromEntries(LIMITED.map((figure) => [`max-${figure}`, { type: 'string' } as const])),
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--sort <figure>', text: `by one figure: ${SORTED.join(', ')}` },
    { usage: '--limit <n>', text: `functions that are listed (default ${SHOWN}, with --json all; 0: all)` },
    { usage: '--explain <function>', text: 'all figures of it, and what its cognitive complexity is made of' },
    { usage: '--calls', text: 'fan-in and fan-out, too: makes the call graph first' },
    { usage: '--tests', text: 'functions of tests, too' },
    { usage: '--max-<figure> <n>', text: `lists what is above, and fails: ${LIMITED.join(', ')}` },
    { usage: '--json', text: 'print the answer as JSON (docs/schemas/metrics.schema.json)' },
  ],
  faultCodes: { [ExitCode.USAGE]: ExitCode.GATE_USAGE, [ExitCode.FAILED]: ExitCode.GATE_BROKEN },
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    const by = sortedBy(values['sort']);
    const limits = limitsOf(values);
    const most = wholeNumber('--limit', values['limit']) ?? (values['json'] ? 0 : SHOWN);
    const root = findRoot(cwd);
    const within = positionals.map((path) => insideOf(root, cwd, path));
    const withCalls = values['calls'] === true || by.startsWith('fan-');
    const found = await readFunctions(root, withCalls, out);
    const list = ranked(found, by);
    if (typeof values['explain'] === 'string') {
      const it = theOne(list, asRecorded(cwd, values['explain']));
      const parts = await partsOf(root, it);
      const answer: ExplainedMetrics = { function: it, parts };
      out.print(values['json'] ? JSON.stringify(answer, null, 2) : explainedText(it, parts, out));
      return ExitCode.OK;
    }
    const asked = list.filter(
      ({ path, role }) =>
        (values['tests'] === true || role !== 'test') &&
        (within.length === 0 || within.some((folder) => `${path}/`.startsWith(folder))),
    );
    const over = overLimits(asked, limits);
    const answer: MetricsAnswer = { all: asked.length, functions: most === 0 ? asked : asked.slice(0, most), over };
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else if (Object.keys(limits).length === 0) out.print(metricsText(answer.functions, asked.length, out));
    else if (over.length > 0) out.print(overText(over, out));
    else out.say(`${counted(asked.length, 'function')}: nothing is above its limit`);
    return over.length > 0 ? 1 : ExitCode.OK;
  },
}; // prettier-ignore

async function readFunctions(root: string, calls: boolean, out: Call['out']): ReturnType<typeof functionMetrics> {
  // The parser is loaded only when it is needed.
  const { churnOf, headOf } = await import('../../graph/index.ts');
  return await refreshChanged(root, {
    sources: surveyor(root, out, calls),
    churn: {
      head: () => headOf(root),
      churn: async (functions) => {
        out.progress('looking back …');
        return await churnOf(root, functions);
      },
    },
    onMessage: (message) => out.say(`intellimap: ${message}`),
    onProgress: (share, what) => out.progress(`${what} … ${Math.round(share * 100)} %`),
    ask: functionMetrics,
  });
} // prettier-ignore

async function partsOf(root: string, { id, path }: RankedFunction): Promise<ExplainedPart[]> {
  const { bodiesOf, cognitiveParts, readSourceFile, recursiveBodies } = await import('../../graph/index.ts');
  const file = readSourceFile(join(root, path), path);
  const { tree, scopes } = file;
  const bodies = bodiesOf(tree);
  const body = bodies.owner.findIndex((owner) => file.siteOf(owner)?.id === id);
  return cognitiveParts(tree, bodies, recursiveBodies(tree, scopes, bodies), body).map(({ node, ...part }) => ({
    line: file.lines.at(tree.start[node]).line,
    ...part,
  }));
} // prettier-ignore

/** @throws Fault when no function is named so, or more than one */
function theOne(list: readonly RankedFunction[], wanted: string): RankedFunction {
  const found = named(list, wanted);
  if (found.length === 1) return found[0];
  if (found.length === 0)
    throw new Fault(ExitCode.NOT_FOUND, `no function of the source matches "${wanted}"`);
  const ids = found.slice(0, 10).map(({ id }) => `  ${oneLine(id, 200)}`);
  const more = found.length > 10 ? [`  … and ${found.length - 10} more`] : [];
  throw new Fault(
    ExitCode.NOT_FOUND,
    `${counted(found.length, 'function')} match "${wanted}"`,
    ['name one of them by its id:', ...ids, ...more].join('\n'),
  );
}

function sortedBy(text: Call['values'][string]): Sorted {
  if (text === undefined) return 'score';
  const by = SORTED.find((each) => each === text);
  if (by !== undefined) return by;
  throw new Fault(ExitCode.USAGE, `--sort knows no "${text.toString()}"`, SORTED.join(', '));
}

function limitsOf(values: Call['values']): Limits {
  const limits: Limits = {};
  for (const figure of LIMITED) {
    const most = wholeNumber(`--max-${figure}`, values[`max-${figure}`]);
    if (most !== undefined) limits[figure] = most;
  }
  return limits;
}

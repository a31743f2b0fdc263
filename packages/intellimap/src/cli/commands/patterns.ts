/** `intellimap patterns`: design patterns and anti-patterns of the text, and whether runs confirm them. */
import { ExitCode, Fault } from '../../base/fault.ts';
import type { PatternFinding } from '../../graph/index.ts';
import { type Proof, type ProofQuestion, NOT_RECORDED } from '../../base/proof.ts';
import { patternProof } from '../../query/index.ts';
import { type Extensions, loadConfig } from '../../config/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted } from '../format.ts';
import { insideOf } from '../inside.ts';
import { type PatternsAnswer, explained, explainedPattern, patternsText } from '../patterns-text.ts';
import { extensionsOf, withRun } from '../session.ts';
import { printable } from '../terminal.ts';
import { sayUnread } from '../unread.ts';

const KINDS = ['anti', 'design'] as const;
type Kind = (typeof KINDS)[number];

export const patterns: Command = {
  name: 'patterns',
  usage: '[path] [--kind anti|design] [--explain <name>] [--all] [--json]',
  summary: 'Lists patterns and anti-patterns of the source, and what runs say of each.',
  details: [
    'Of a file or folder, or of the whole workspace. What runs confirmed comes first.',
    '',
    '  intellimap patterns --kind anti src',
    '  intellimap patterns --explain n-plus-one',
  ].join('\n'),
  options: {
    kind: { type: 'string' },
    explain: { type: 'string' },
    all: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--kind <kind>', text: 'only anti: what should not be, or design: what is built how' },
    { usage: '--explain <name>', text: 'what a pattern is, what is looked for, what confirms it' },
    { usage: '--all', text: 'list all, and not the first 40; those in tests, too' },
    {
      usage: '--json',
      text: 'print all as JSON (docs/schemas/patterns.schema.json; with --explain patterns-explained.schema.json)',
    },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const kind = kindOf(values['kind']);
    // The parser is loaded only when it is needed.
    const graph = await import('../../graph/index.ts');
    const root = findRoot(cwd);
    const extensions = await extensionsOf(root, await loadConfig(root), out);
    const { patterns: added, failures } = graph.extendedPatterns(extensions.patterns);
    const all = [...graph.PATTERNS, ...added];
    if (typeof values['explain'] === 'string') {
      for (const failure of failures) out.say(`intellimap: ${printable(failure)}`);
      const it = explainedPattern(named(values['explain'], all));
      out.print(values['json'] ? JSON.stringify(it, null, 2) : explained(it, out.paint, out.columns));
      return ExitCode.OK;
    }
    const within = insideOf(root, cwd, positionals[0]);
    const { project, failed, leftOut } = graph.readProject(root, (share) =>
      out.progress(`reading the source … ${Math.round(share * 100)} %`),
    );
    const isInside = (path: string): boolean => `${path}/`.startsWith(within);
    const unread = leftOut.filter(({ path }) => isInside(path));
    sayUnread(out, { failed, leftOut: unread });
    const wanted = all.filter((each) => kind === undefined || each.kind === kind);
    const asked = graph
      .findingsOf(graph.findPatterns(project, wanted))
      .filter(({ finding: { place, paths } }) => [place.path, ...paths].some(isInside));
    for (const failure of failures) out.say(`intellimap: pattern ${printable(failure)}`);
    const proofs = await proofsOf(
      asked.map(({ question }) => question),
      { out, cwd, extensions },
    );
    const findings = graph.inOrder(
      asked.map(({ finding, question }) =>
        graph.withProof(finding, proofs.get(question.key) ?? NOT_RECORDED),
      ),
    );
    const answer: PatternsAnswer = {
      files: project.files.length,
      leftOut: unread,
      counts: countsOf(findings),
      findings,
    };
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else out.print(patternsText(answer, out.paint, { columns: out.columns, all: values['all'] === true }));
    return ExitCode.OK;
  },
};

/** Of what was never recorded, nothing is known, and that is no fault. */
async function proofsOf(
  questions: ProofQuestion[],
  call: Pick<Call, 'out' | 'cwd'> & { extensions: Extensions },
): Promise<ReadonlyMap<number, Proof>> {
  try {
    return await withRun(call, undefined, (session) => patternProof(session, questions));
  } catch (error) {
    if (error instanceof Fault && error.exitCode === ExitCode.NOT_FOUND) return new Map();
    throw error;
  }
}

/** Pattern → how many, and how many of them a run confirmed. */
function countsOf(findings: readonly PatternFinding[]): PatternsAnswer['counts'] {
  const counts: PatternsAnswer['counts'] = {};
  for (const { pattern, proof } of findings) {
    const count = (counts[pattern] ??= { found: 0, confirmed: 0 });
    count.found++;
    if (proof.state === 'confirmed') count.confirmed++;
  }
  return counts;
}

function kindOf(text: Call['values'][string]): Kind | undefined {
  if (text === undefined) return undefined;
  const kind = KINDS.find((each) => each === text);
  if (kind !== undefined) return kind;
  throw new Fault(ExitCode.USAGE, `--kind takes anti or design, not "${text.toString()}"`);
}

function named<T extends { name: string }>(name: string, all: readonly T[]): T {
  const found = all.find((each) => each.name === name);
  if (found !== undefined) return found;
  throw new Fault(
    ExitCode.NOT_FOUND,
    `there is no pattern "${name}"; ${counted(all.length, 'pattern')} are known`,
    all.map((each) => each.name).join(', '),
  );
}

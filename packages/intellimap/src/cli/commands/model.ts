/** `intellimap model`: in which order a function calls and waits, as its text has it, and how its recorded calls went. */
import { ExitCode, Fault } from '../../base/fault.ts';
import { type ModelledFunction, modelledFunctions, type Session } from '../../query/index.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { asRecorded } from '../inside.ts';
import type { ModelAnswer } from '../model-answer.ts';
import { withRun } from '../session.ts';

const PICTURES = ['mermaid', 'dot'] as const;

export const model: Command = {
  name: 'model',
  usage: '<function> [--run <id>] [--against <id>] [--mermaid|--dot] [--all] [--json]',
  summary:
    'Shows in which order a function calls and waits, how its recorded calls went, and what does not fit.',
  details: [
    'The function is given by its name, a part of it, or its ast_node_id. What was recorded is laid on the text as it is now.',
    '',
    '  intellimap model checkout --against 20261120-1015',
    '  intellimap model checkout --mermaid > checkout.mmd',
  ].join('\n'),
  options: {
    run: { type: 'string' },
    against: { type: 'string' },
    mermaid: { type: 'boolean' },
    dot: { type: 'boolean' },
    all: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--run <id>', text: 'id of a run, or a unique beginning of one (default: the latest)' },
    { usage: '--against <id>', text: 'another run: what goes otherwise than there' },
    { usage: '--mermaid, --dot', text: 'print the ways as a picture for Mermaid or Graphviz' },
    { usage: '--all', text: 'calls of the host and of packages, too, and all variants' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [name] = positionals;
    if (name === undefined)
      throw new Fault(ExitCode.USAGE, 'which function?', 'for example: intellimap model checkout');
    const pictures = PICTURES.filter((each) => values[each] === true);
    if (pictures.length + (values['json'] ? 1 : 0) > 1)
      throw new Fault(ExitCode.USAGE, '--mermaid, --dot and --json exclude each other');
    const all = values['all'] === true;
    // The parser is loaded only when it is needed.
    const [{ makeModel }, { modelText }] = await Promise.all([
      import('../model.ts'),
      import('../model-text.ts'),
    ]);
    const wanted = asRecorded(cwd, name);
    const { answer, head, found } = await asked(makeModel, wanted, all, { values, out, cwd });
    if (values['json']) out.print(JSON.stringify(answer, null, 2));
    else if (pictures.length > 0) out.print(await picture(answer, pictures[0]));
    else out.print(modelText(answer, head, all, out));
    if (found > 1)
      out.say(`intellimap: ${found} functions match; this is the most called one: ${answer.function.id}`);
    return ExitCode.OK;
  },
};

/** One session after the other: two at a time would wait for each other's database. */
async function asked(
  makeModel: (typeof import('../model.ts'))['makeModel'],
  name: string,
  all: boolean,
  { values, out, cwd }: Pick<Call, 'values' | 'out' | 'cwd'>,
): Promise<Awaited<ReturnType<typeof makeModel>> & { found: number }> {
  const at = { cwd, out, source: 'calls' as const };
  const against = values['against'];
  const { otherRun } = await import('../model.ts');
  const other =
    typeof against === 'string'
      ? await withRun(at, against, async (session) => await otherRun(session, await theOne(session, name)))
      : null;
  return await withRun(at, values['run'], async (session) => {
    const of = await theOne(session, other?.of.id ?? name);
    const { found } = other?.of ?? of;
    return { ...(await makeModel(session, of, all, other)), found };
  });
}

/** @throws Fault: there is none */
async function theOne(session: Session, name: string): Promise<ModelledFunction & { found: number }> {
  const { matches, found } = await modelledFunctions(session, name);
  if (found > 0) return { ...matches[0], found };
  throw new Fault(
    ExitCode.NOT_FOUND,
    `no function of the source matches "${name}"`,
    'see: intellimap query "select name, path from source_functions"',
  );
}

async function picture(answer: ModelAnswer, kind: (typeof PICTURES)[number]): Promise<string> {
  const { automaton } = answer;
  if (automaton === null)
    throw new Fault(
      ExitCode.FAILED,
      `${answer.function.name} has too many ways to be drawn`,
      'without --all, calls of the host and of packages are left out',
    );
  const { dotOf, mermaidOf } = await import('../model-picture.ts');
  return (kind === 'dot' ? dotOf : mermaidOf)({ ...answer, automaton });
}

/** `intellimap history`: a function through the commits of the past, and what runs saw of it. */
import { ExitCode, Fault } from '../../base/fault.ts';
import {
  findFunctions,
  follow,
  type HistoryEvent,
  type PastFunction,
  presentOf,
  Repository,
} from '../../graph/index.ts';
import { functionRuns } from '../../query/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { counted, oneLine } from '../format.ts';
import { historyAnswer } from '../function-history.ts';
import { historyText } from '../function-history-text.ts';
import { asRecorded } from '../inside.ts';

/** Commits that are told, unless more are wanted. */
const COMMITS = 30;
/** Functions of one name that are listed. */
const CANDIDATES = 10;

export const history: Command = {
  name: 'history',
  usage: '<function> [--limit <n>] [--json]',
  summary:
    'Tells which commits changed a function, through renames and moves, and what runs saw of each version.',
  details: [
    'The function is given by its name, a part of it, or its ast_node_id, as it is in the work tree; one that is gone',
    'by the ast_node_id that it had: "ts:src/cart.ts#class Cart/total".',
  ].join('\n'),
  options: { limit: { type: 'string' }, json: { type: 'boolean' } },
  help: [
    { usage: '--limit <n>', text: `commits at most, newest first (default ${COMMITS}; 0: all)` },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(1, positionals);
    const [name] = positionals;
    if (name === undefined)
      throw new Fault(ExitCode.USAGE, 'which function?', 'for example: intellimap history checkout');
    const limit = wholeNumber('--limit', values['limit']) ?? COMMITS;
    const root = findRoot(cwd);
    const repository = await Repository.open(root);
    try {
      const wanted = await theOne(repository, asRecorded(cwd, name), out);
      const { events, more } = await told(repository, wanted, limit === 0 ? Infinity : limit, out);
      if (events.length === 0) throw nothingFound(name);
      const ids = [...new Set(events.flatMap((event) => event.ids))];
      const runs = await functionRuns(root, ids, {
        onMessage: (message) => out.say(`intellimap: ${message}`),
      });
      const answer = historyAnswer(events, runs, { more, shallow: repository.isShallow });
      out.print(values['json'] ? JSON.stringify(answer, null, 2) : historyText(answer, out));
      if (more) out.say(`intellimap: there is more; --limit ${limit * 2} shows it`);
      else if (repository.isShallow)
        out.say(
          'intellimap: this clone is shallow: the oldest commit is not where it began (git fetch --unshallow)',
        );
      return ExitCode.OK;
    } finally {
      repository.close();
    }
  },
};

/** @throws Fault when no function is named so, or more than one */
async function theOne(
  repository: Repository,
  name: string,
  out: Call['out'],
): Promise<{ id: string; path: string }> {
  const found = await findFunctions(repository, name);
  if (found.length === 1) return found[0];
  const path = /^ts:([^#]+)#/.exec(name)?.[1];
  // It may have been there.
  if (path !== undefined && found.length === 0) {
    const present = await presentOf(repository, { id: name, path });
    if (present.id !== name) out.say(`intellimap: ${oneLine(name, 200)} became ${oneLine(present.id, 200)}`);
    return present;
  }
  if (found.length === 0) throw nothingFound(name);
  throw new Fault(
    ExitCode.NOT_FOUND,
    `${counted(found.length, 'function')} match "${name}"`,
    candidates(found),
  );
}

const nothingFound = (name: string): Fault =>
  new Fault(
    ExitCode.NOT_FOUND,
    `git knows no function of this workspace that matches "${name}"`,
    'one that is gone is named by its id: intellimap history "ts:src/cart.ts#class Cart/total"',
  );

function candidates(found: readonly PastFunction[]): string {
  const ids = found.slice(0, CANDIDATES).map(({ id }) => `  ${oneLine(id, 200)}`);
  const more = found.length > CANDIDATES ? [`  … and ${found.length - CANDIDATES} more`] : [];
  return ['name one of them by its id:', ...ids, ...more].join('\n');
}

async function told(
  repository: Repository,
  wanted: { id: string; path: string },
  limit: number,
  out: Call['out'],
): Promise<{ events: HistoryEvent[]; more: boolean }> {
  const events: HistoryEvent[] = [];
  const onProgress = (commits: number): void => out.progress(`looking back … ${counted(commits, 'commit')}`);
  for await (const event of follow(repository, wanted, { onProgress })) {
    if (events.length >= limit) return { events, more: true };
    events.push(event);
  }
  return { events, more: false };
}

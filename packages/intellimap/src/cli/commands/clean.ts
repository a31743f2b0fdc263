/** `intellimap clean`: removes recordings. */
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { runNamed } from '../../base/run-id.ts';
import { AGE_FORM, ageOf, type Settings, SIZE_FORM, sizeOf } from '../../base/settings/index.ts';
import { loadConfig } from '../../config/index.ts';
import { listRunFolders, recordingsFolder } from '../../record/folder.ts';
import { protect, release, removeEverything } from '../../record/recordings.ts';
import { sum } from '../../base/numbers.ts';
import type { Limits } from '../../record/retention.ts';
import { findRoot } from '../../record/workspace.ts';
import { cleanAnswer, cleanText } from '../clean-text.ts';
import { carryOut, limitsOf, planned } from '../clean-up.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { oneLine } from '../format.ts';

/** Recordings that stay when nobody says anything. */
const KEEP = 20;

export const clean: Command = {
  name: 'clean',
  usage: '[--keep <n>] [--older-than <age>] [--max-size <size>] [--all] [--dry-run] [--json]',
  summary: 'Removes old recordings (keeps the newest 20 unless told otherwise).',
  details: [
    'Each limit holds by itself. Runs that go on stay, and so do those that are protected or part of a baseline.',
    '',
    '  intellimap clean --keep 20 --older-than 30d --max-size 2G --dry-run',
    '  intellimap clean --protect 20261121-1430 "before the migration"',
  ].join('\n'),
  options: {
    keep: { type: 'string' },
    'older-than': { type: 'string' },
    'max-size': { type: 'string' },
    all: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    protect: { type: 'string' },
    release: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--keep <n>', text: 'how many of the newest recordings stay (default 20)' },
    { usage: '--older-than <age>', text: `those that began longer ago go: ${AGE_FORM}` },
    { usage: '--max-size <size>', text: `what all and the database may take, the oldest go: ${SIZE_FORM}` },
    { usage: '--all', text: 'remove all recordings, and the database when nothing is left' },
    { usage: '--dry-run', text: 'only say what would go' },
    { usage: '--protect <id> [<why>]', text: 'this recording stays until it is released' },
    { usage: '--release <id>', text: 'it is a recording like others again' },
    { usage: '--json', text: 'print what was done as JSON' },
  ],
  async run(call: Call): Promise<number> {
    const { values, positionals, cwd } = call;
    const root = findRoot(cwd);
    try {
      if (values['protect'] !== undefined || values['release'] !== undefined) guard(root, call);
      else {
        atMost(0, positionals);
        await cleanNow(root, call);
      }
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault(
        ExitCode.UNWRITABLE,
        `cannot remove: ${explainFileError(error as NodeJS.ErrnoException, recordingsFolder(root))}`,
      );
    }
    return ExitCode.OK;
  },
};

async function cleanNow(root: string, { values, out }: Call): Promise<void> {
  const { settings } = await loadConfig(root);
  const plan = planned(root, limits(values, settings.retention));
  const dryRun = Boolean(values['dry-run']);
  let freed = dryRun ? sum(plan.gone.map(({ bytes }) => bytes)) : 0;
  if (values['all'] && plan.gone.length === plan.all.length && !dryRun) {
    freed = sum(plan.all.map(({ bytes }) => bytes)) + plan.databaseBytes;
    removeEverything(root);
  } else if (!dryRun) freed = await carryOut(root, plan);
  out.print(
    values['json']
      ? JSON.stringify(cleanAnswer(plan, freed, dryRun), null, 2)
      : cleanText(plan, freed, dryRun, out),
  );
}

function limits(values: Call['values'], retention: Settings['retention']): Limits {
  if (values['all']) return { keep: 0, olderThanMs: null, maxBytes: null };
  const keep = wholeNumber('--keep', values['keep']);
  const olderThanMs = form('--older-than', values['older-than'], ageOf, AGE_FORM);
  const maxBytes = form('--max-size', values['max-size'], sizeOf, SIZE_FORM);
  const isSaid = [keep, olderThanMs, maxBytes].some((each) => each !== undefined);
  if (isSaid) return { keep: keep ?? null, olderThanMs: olderThanMs ?? null, maxBytes: maxBytes ?? null };
  const preset = limitsOf(retention);
  return preset.keep === null && preset.olderThanMs === null ? { ...preset, keep: KEEP } : preset;
}

function form(
  option: string,
  text: Call['values'][string],
  read: (text: string) => number | undefined,
  wanted: string,
): number | undefined {
  if (text === undefined) return undefined;
  const value = read(text.toString());
  if (value !== undefined) return value;
  throw new Fault(ExitCode.USAGE, `${option} takes ${wanted}, not "${text.toString()}"`);
}

/** Protects a recording, or releases it. */
function guard(root: string, { values, positionals, out }: Call): void {
  const ids = listRunFolders(root).toReversed();
  if (values['release'] !== undefined) {
    atMost(0, positionals);
    const id = runNamed(ids, String(values['release']));
    out.print(release(root, id) ? `${id} is no longer protected` : `${id} was not protected`);
    return;
  }
  atMost(1, positionals);
  const id = runNamed(ids, String(values['protect']));
  protect(root, id, oneLine(positionals[0] ?? '', 200));
  out.print(`${id} is protected: clean leaves it alone`);
}

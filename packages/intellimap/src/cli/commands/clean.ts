/** `intellimap clean`: removes recordings. */
import { explainFileError, ExitCode, Fault } from '../../base/fault.ts';
import { runNamed } from '../../base/run-id.ts';
import { AGE_FORM, ageOf, type Settings, SIZE_FORM, sizeOf } from '../../base/settings/index.ts';
import { loadConfig } from '../../config/index.ts';
import { listRunFolders, recordingsFolder } from '../../record/folder.ts';
import { protect, release, removeEverything } from '../../record/recordings.ts';
import { type Limits, type Reason, sum } from '../../record/retention.ts';
import { findRoot } from '../../record/workspace.ts';
import { carryOut, type CleanPlan, limitsOf, planned } from '../clean-up.ts';
import { atMost, type Call, type Command, wholeNumber } from '../command.ts';
import { counted, oneLine, size } from '../format.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

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

export interface CleanAnswer {
  /** Ids, oldest first. */
  removed: string[];
  reasons: Record<string, Reason>;
  /** How many are left. */
  kept: number;
  /** Those of them that stay whatever the limits say, and why. */
  held: Record<string, string>;
  freedBytes: number;
  /** Of the recordings that are left, and of the database. */
  bytes: number;
  databaseBytes: number;
  dryRun: boolean;
}

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
    values['json'] ? JSON.stringify(answer(plan, freed, dryRun), null, 2) : told(plan, freed, dryRun, out),
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

const answer = (
  { all, gone, databaseBytes }: CleanPlan,
  freedBytes: number,
  dryRun: boolean,
): CleanAnswer => {
  const left = all.filter(({ id }) => !gone.some((each) => each.id === id));
  return {
    removed: gone.map(({ id }) => id),
    reasons: Object.fromEntries(gone.map(({ id, reason }) => [id, reason])),
    kept: left.length,
    held: Object.fromEntries(left.flatMap(({ id, held }) => (held === null ? [] : [[id, held]]))),
    freedBytes,
    bytes: sum(left.map(({ bytes }) => bytes)),
    databaseBytes,
    dryRun,
  };
};

const REASONS: Record<Reason, string> = { count: 'too many', age: 'too old', size: 'too large together' };

function told(plan: CleanPlan, freed: number, dryRun: boolean, { paint }: Terminal): string {
  const { removed, reasons, kept, held, bytes } = answer(plan, freed, dryRun);
  const sizes = new Map(plan.gone.map((each) => [each.id, each.bytes]));
  const list = removed.map((id) => [id, size(sizes.get(id) ?? 0), paint.dim(REASONS[reasons[id]])]);
  const stay = Object.entries(held).map(([id, why]) => [id, '', paint.dim(`stays, ${oneLine(why, 60)}`)]);
  const done = dryRun ? 'would be removed' : 'removed';
  const sentence =
    removed.length === 0
      ? `nothing to remove, ${kept} kept (${size(bytes)})`
      : `${done}: ${counted(removed.length, 'recording')}, ${size(freed)}; ${kept} kept (${size(bytes)})`;
  const rows = [...(dryRun ? list : []), ...(removed.length > 0 || dryRun ? stay : [])];
  return rows.length === 0 ? sentence : `${table(rows, { right: [1] })}\n${sentence}`;
}

/** `intellimap baseline`: what builds are compared with. */
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import type { Settings } from '../../base/settings/index.ts';
import { loadConfig } from '../../config/index.ts';
import { type Baseline, baselineText } from '../../gates/index.ts';
import { findRoot } from '../../record/workspace.ts';
import {
  baselineNames,
  fileNamed,
  fileOf,
  isAmongNamed,
  readBaseline,
  writeWhole,
} from '../gate/baseline-files.ts';
import { gather, type Wanted, wantedRuns } from '../gate/gather.ts';
import { latestPack, ofScenario } from '../gate/pack.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { counted, oneLine, tail } from '../format.ts';
import { table } from '../table.ts';

interface Asked extends Call {
  settings: Settings;
}

const ACTIONS: Record<string, (call: Asked, root: string, name: string | undefined) => Promise<void>> = {
  save,
  list: async (call, root) => list(call, root),
  show: async (call, root, name) => show(call, root, name),
  remove: async (call, root, name) => remove(call, root, name),
};

export const baseline: Command = {
  name: 'baseline',
  usage: 'save|list|show|remove [<name>] [options]',
  summary: 'Keeps what a build did, for later ones to be compared with (intellimap gate).',
  details: [
    '  intellimap baseline save                    the latest run, as "main"; of a pack of scenarios each, as "main.<scenario>"',
    '  intellimap baseline save main --last 10     the latest ten of the same command',
    '  intellimap baseline save --file ci/main.json    a file that can be committed',
  ].join('\n'),
  options: {
    runs: { type: 'string', multiple: true },
    last: { type: 'string' },
    command: { type: 'string' },
    file: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: [
    { usage: '--runs <id>', text: 'run to take (repeatable, or ids with commas between)' },
    { usage: '--last <n>', text: 'the latest n runs of the same command (default 1)' },
    { usage: '--command <words>', text: 'of the latest command that has these words, not of the latest' },
    { usage: '--file <path>', text: 'where it lies, instead of .intellimap/baselines/<name>.json' },
    { usage: '--json', text: 'print the answer as JSON' },
  ],
  async run(call: Call): Promise<number> {
    const [action = 'list', name] = call.positionals;
    atMost(2, call.positionals);
    const act = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
    if (act === undefined)
      throw new Fault(
        ExitCode.USAGE,
        `unknown "baseline ${action}"`,
        `there is: ${Object.keys(ACTIONS).join(', ')}`,
      );
    const root = findRoot(call.cwd);
    const { settings } = await loadConfig(root);
    await act({ ...call, settings }, root, name);
    return ExitCode.OK;
  },
};

function namedFile({ values, cwd, settings }: Asked, root: string, name: string | undefined): string {
  if (typeof values['file'] === 'string') return resolve(cwd, values['file']);
  return name === undefined ? fileNamed(root, settings.gate.baseline) : fileNamed(root, name, cwd);
}

async function save(call: Asked, root: string, given: string | undefined): Promise<void> {
  const { values, out, settings } = call;
  // A name is no path: that is what --file is for.
  if (given !== undefined) fileOf(root, given);
  const name = given ?? settings.gate.baseline;
  const wanted = wantedRuns(values);
  const pack = await latestPack(root, values, settings, out);
  if (pack.length === 0) return await saveOne(call, root, name, namedFile(call, root, given), wanted);
  const last = 'last' in wanted ? wanted.last : 1;
  const { file } = values;
  for (const { name: scenario, run } of pack) {
    const own = ofScenario(name, scenario);
    const path =
      typeof file === 'string' ? resolve(call.cwd, ofScenario(file, scenario)) : fileNamed(root, own);
    await saveOne(call, root, own, path, { last, like: run });
  }
}

async function saveOne(
  { values, out, settings }: Asked,
  root: string,
  name: string,
  file: string,
  wanted: Wanted,
): Promise<void> {
  const { head, facts } = await gather(root, name, wanted, settings, out);
  writeWhole(file, baselineText({ head, facts }));
  out.print(
    values['json']
      ? JSON.stringify({ file, runs: head.runs })
      : `saved ${name}: ${counted(head.runs.length, 'run')} of ${oneLine(head.command.join(' '), 40)}\n  ${file}`,
  );
}

function list({ values, out }: Call, root: string): void {
  const all = baselineNames(root).flatMap((name) => listed(name, root, out));
  if (values['json']) return out.print(JSON.stringify(all));
  if (all.length === 0) return out.print('there is no baseline; make one: intellimap baseline save');
  const rows = all.map(({ saved, runs, commit, dirty, command }) => [
    saved,
    String(runs.length),
    commit === null ? '' : `${commit.slice(0, 9)}${dirty ? '+' : ''}`,
    oneLine(command.join(' '), 40),
  ]);
  return out.print(table(rows, { head: ['name', 'runs', 'commit', 'command'], right: [1] }));
}

/** One that cannot be read is told, and the others are there. */
function listed(name: string, root: string, out: Call['out']): (Baseline['head'] & { saved: string })[] {
  try {
    return [{ ...readBaseline(fileOf(root, name)).head, saved: name }];
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    out.say(`intellimap: ${error.message}`);
    return [];
  }
}

function show(call: Asked, root: string, name: string | undefined): void {
  const { values, out } = call;
  const { head, facts }: Baseline = readBaseline(namedFile(call, root, name));
  if (values['json']) return out.print(JSON.stringify({ ...head, facts }));
  const ran = Object.keys(facts.functions).length;
  const lines = [
    ['command', oneLine(head.command.join(' '), 60)],
    ['commit', head.commit === null ? 'none' : `${head.commit}${head.dirty ? ' with changes' : ''}`],
    ['machine', tail(`${head.node}, ${head.platform}, ${head.machine}`, 66)],
    ['runs', head.runs.join(' ').slice(0, 66)],
    ['functions', `${ran} of ${ran + facts.idle.length} ran`],
    ['errors', counted(Object.keys(facts.errors).length, 'signature')],
    ['tasks', counted(Object.keys(facts.tasks).length, 'name')],
  ];
  return out.print(table(lines));
}

function remove(call: Asked, root: string, name: string | undefined): void {
  if (name === undefined && call.values['file'] === undefined)
    throw new Fault(ExitCode.USAGE, 'which baseline?', 'intellimap baseline list shows them');
  const file = namedFile(call, root, name);
  if (!existsSync(file)) throw new Fault(ExitCode.NOT_FOUND, `there is no baseline ${file}`);
  // Of files elsewhere only what is a baseline goes; one of ours that cannot be read is to go above all.
  if (!isAmongNamed(root, file)) readBaseline(file);
  rmSync(file);
  call.out.print(call.values['json'] ? JSON.stringify({ removed: file }) : `removed ${file}`);
}

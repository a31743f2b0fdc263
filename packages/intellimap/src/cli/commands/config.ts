/** `intellimap config`: which settings hold here, and where they come from. */
import { ExitCode } from '../../base/fault.ts';
import { type Section, SECTIONS } from '../../base/settings/index.ts';
import { type Configuration, type Extensions, loadConfig } from '../../config/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { oneLine } from '../format.ts';
import { extensionsOf } from '../session.ts';
import { table } from '../table.ts';
import type { Terminal } from '../terminal.ts';

export const config: Command = {
  name: 'config',
  usage: '[--json]',
  summary: 'Prints the settings that hold here, and where they come from.',
  details:
    'Settings are in intellimap.config.ts (js, mjs, cjs, json) of the workspace; docs/configuration.md explains them.',
  options: { json: { type: 'boolean' } },
  help: [{ usage: '--json', text: 'print the settings as JSON' }],
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    atMost(0, positionals);
    const root = findRoot(cwd);
    const configuration = await loadConfig(root);
    const extensions = await extensionsOf(root, configuration, out);
    const told = answer(configuration, extensions);
    out.print(values['json'] ? JSON.stringify(told, null, 2) : render(configuration, told, out));
    return ExitCode.OK;
  },
};

export interface ConfigAnswer {
  /** null: there is no file. */
  file: string | null;
  /** Section → setting → value. */
  settings: Record<string, Record<string, unknown>>;
  /** Key paths that the file says; all else is by default. */
  said: string[];
  /** What the file adds: names by what they are. */
  extend: Record<'analyses' | 'patterns' | 'events' | 'storages', string[]>;
  /** What it would add, but for what is wrong with it. */
  problems: string[];
}

const names = (all: readonly { name: string }[]): string[] => all.map(({ name }) => name);

const answer = (
  { file, settings, said }: Configuration,
  { analyses, patterns, events, storages, problems }: Extensions,
): ConfigAnswer => ({
  file,
  settings,
  said: [...said],
  extend: {
    analyses: names(analyses),
    patterns: names(patterns),
    events: events.flatMap(({ name, events: kinds }) => Object.keys(kinds).map((kind) => `${name}/${kind}`)),
    storages: names(storages),
  },
  problems,
});

function render(
  { file, settings, said }: Configuration,
  { extend }: ConfigAnswer,
  { paint, columns }: Terminal,
): string {
  const sections: Record<string, Section> = SECTIONS;
  const values: Record<string, Record<string, unknown>> = settings;
  const parts = Object.entries(sections).map(([name, section]) => {
    const rows = Object.keys(section).map((key) => {
      const isSaid = said.has(`${name}.${key}`);
      const text = oneLine(JSON.stringify(values[name][key]), Math.max(20, columns - 34));
      return [key, isSaid ? paint.cyan(text) : paint.dim(text), isSaid ? 'file' : paint.dim('default')];
    });
    return `${paint.bold(name)}\n${table(rows)}`;
  });
  const added = Object.entries(extend).filter(([, all]) => all.length > 0);
  if (added.length > 0)
    parts.push(`${paint.bold('extend')}\n${table(added.map(([what, all]) => [what, all.join(', ')]))}`);
  return [file ?? paint.dim('no intellimap.config.*: all is by default'), ...parts].join('\n\n');
}

/** `intellimap config`: which settings hold here, and where they come from. */
import { ExitCode } from '../../base/fault.ts';
import { type Section, SECTIONS } from '../../base/settings/index.ts';
import { type Configuration, loadConfig } from '../../config/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { atMost, type Call, type Command } from '../command.ts';
import { oneLine } from '../format.ts';
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
    const configuration = await loadConfig(findRoot(cwd));
    out.print(values['json'] ? JSON.stringify(answer(configuration), null, 2) : render(configuration, out));
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
}

const answer = ({ file, settings, said }: Configuration): ConfigAnswer => ({
  file,
  settings,
  said: [...said],
});

function render({ file, settings, said }: Configuration, { paint, columns }: Terminal): string {
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
  return [file ?? paint.dim('no intellimap.config.*: all is by default'), ...parts].join('\n\n');
}

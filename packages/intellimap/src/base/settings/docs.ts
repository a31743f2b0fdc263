/** `docs/configuration.md`: every setting with its default, as a page for people. Pure. */
import { allowed } from './check.ts';
import type { Section, Setting } from './setting.ts';

const INTRO = `# Configuration

\`intellimap.config.ts\` (or \`.js\`, \`.mjs\`, \`.cjs\`, \`.json\`) in the root of the workspace says what holds for everybody who
works there. All of it is optional; the command line wins.

    import { defineConfig } from 'intellimap';

    export default defineConfig({
      record: { exclude: ['generated/**'], budget: 5 },
      retention: { keep: 50, maxSize: '2G' },
    });

\`intellimap config\` prints what holds, and where it comes from. A key that is not known, or a value that is not allowed, ends every command that
reads the file with exit code 2, and a message that names the key.

Nothing but the file itself is run, and what it imports. A \`.ts\` file is run by Node where Node can (from 22.18 on); before that its types are taken out,
positions kept, and it can import packages and JavaScript, but no other TypeScript. \`enum\`, \`namespace\` and other syntax that is more than types is
refused. Where the package is not installed in the workspace, \`import … from 'intellimap'\` is given that of the command.

\`extend: ['./audit.js', 'acme-intellimap']\` adds analyses, patterns, kinds of events and places for runs ([extending.md](extending.md)). Such files and packages are run by the commands
that use them, and by no other; what is wrong with one is said, and the rest goes on.

This page is generated from \`packages/intellimap/src/base/settings\`; change it there, then \`npm run docs\`.
`;

/** Words of a section, above its settings. */
const SECTION_TEXTS: Record<string, string> = {
  record:
    'What `intellimap run` records. An option on the command line takes the place of the setting, lists included, but for `redact`, which adds; the word `none` ' +
    '(`--budget none`) takes a number away, and `--no-gc`, `--links`, `--resources`, `--summary` turn a switch back. What a tier on the command line has no use for is left out, and said.',
  retention:
    'Which recordings stay. Each limit holds by itself. The run just made, runs that go on, protected runs (`intellimap clean --protect`) and those that a baseline names are never removed.',
  query: 'What questions may take of the machine, and how `intellimap query` prints.',
  report: 'How much `intellimap report` and the summary of `run` tell.',
};

export function configurationMarkdown(sections: Record<string, Section>): string {
  const parts = Object.entries(sections).map(([name, section]) => sectionText(name, section));
  return [INTRO, ...parts].join('\n');
}

function sectionText(name: string, section: Section): string {
  const rows = Object.entries(section).map(([key, setting]) => line(key, setting));
  const text = SECTION_TEXTS[name];
  const intro = text === undefined ? '' : `${text}\n\n`;
  return `## ${name}\n\n${intro}| setting | allowed | default | what it does |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function line(key: string, setting: Setting): string {
  const unit = setting.unit === undefined ? '' : ` (${setting.unit})`;
  const preset = `\`${JSON.stringify(setting.default)}\``;
  return `| \`${key}\` | ${cell(allowed(setting) + unit)} | ${cell(preset)} | ${cell(setting.doc)} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

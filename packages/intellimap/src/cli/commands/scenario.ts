/** `intellimap scenario`: drives pages and their server, and records each scenario as a run. */
import { join } from 'node:path';
import { ExitCode, Fault } from '../../base/fault.ts';
import { loadConfig } from '../../config/index.ts';
import { findRoot } from '../../record/workspace.ts';
import { runPack, type ScenarioFile, scenarioFiles, type ScenarioOutcome } from '../../scenario/index.ts';
import { type Call, type Command, positive } from '../command.ts';
import { counted } from '../format.ts';
import { version } from '../help.ts';
import { mergeRecord } from '../record-settings.ts';
import { askedFor, type Asked } from '../run-options.ts';
import { scenarioHelp, scenarioOptions, watchedIn } from '../scenario-options.ts';
import { outcomeText, packText } from '../scenario-text.ts';

/** What `--json` prints. */
export interface ScenarioAnswer {
  passed: number;
  failed: number;
  scenarios: ScenarioOutcome[];
}

export const scenario: Command = {
  name: 'scenario',
  usage: "[<files and folders…>] [--server '<command>'] [options]",
  summary: 'Drives pages through scenarios, and records each with its server as a run.',
  details: [
    'A scenario is a file that exports a function; those in scenarios/ are taken where none is named:',
    '',
    '  export default async ({ page, step }) => {',
    "    await step('open the shop', () => page.goto('/'));",
    "    await step('add to cart', () => page.click('text=Add to cart'));",
    '  };',
    '',
    "  intellimap scenario --server 'npm start' --base-url http://localhost:3000",
    '  intellimap baseline save && intellimap scenario && intellimap gate',
    '',
    'It needs playwright-core and a Chromium. Exit code: 0 all passed · 1 some failed.',
  ].join('\n'),
  options: scenarioOptions,
  help: scenarioHelp,
  meant: { 'cpu-profile': '5000', heap: 'count' },
  async run({ values, positionals, out, cwd }: Call): Promise<number> {
    const root = findRoot(cwd);
    const { settings, said } = await loadConfig(root);
    const files = scenarioFiles(root, cwd, positionals);
    const merged = mergeRecord(recordValues(values), settings.record, said).values;
    const asked = askedFor(merged, ['intellimap', 'scenario'], settings.flags.functions);
    const stop = new AbortController();
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const onSignal = (): void => stop.abort();
    for (const signal of signals) process.on(signal, onSignal);
    try {
      const outcomes = await runPack(files, {
        ...packWishes(values, asked, root, cwd),
        stopped: stop.signal,
        begins: (each, number) => out.progress(`${number} of ${files.length}  ${each.name} …`),
        ended: (each) => values['json'] || out.print(outcomeText(each, out.paint)),
      });
      return tell({ values, out, root }, files, outcomes);
    } finally {
      for (const signal of signals) process.off(signal, onSignal);
    }
  },
};

/** What `run` would be told. */
function recordValues(values: Call['values']): Call['values'] {
  const own = new Set([
    'server',
    'base-url',
    'browser',
    'headed',
    'timeout',
    'server-timeout',
    'no-coverage',
  ]);
  for (const name of ['no-cpu-profile', 'no-screenshots', 'json']) own.add(name);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !own.has(name)));
}

function packWishes(values: Call['values'], asked: Asked, root: string, cwd: string) {
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const seconds = (name: string, usual: number): number =>
    1000 * (positive(`--${name}`, values[name]) ?? usual);
  const { command: _, ...run } = asked.file;
  return {
    cwd,
    run: { ...run, cwd, root, intellimap: version() },
    ringWords: asked.ring?.words,
    watched: watchedIn(values, asked.file.v8),
    server: text('server'),
    baseUrl: urlIn(text('base-url')),
    serverMs: seconds('server-timeout', 60),
    scenarioMs: seconds('timeout', 60),
    browser: { cwd, root, path: text('browser'), headed: Boolean(values['headed']) },
  };
}

function urlIn(text: string | undefined): string | undefined {
  if (text === undefined || (URL.canParse(text) && /^https?:/.test(text))) return text;
  throw new Fault(
    ExitCode.USAGE,
    `--base-url takes an address, not "${text}"`,
    'for example http://localhost:3000',
  );
}

function tell(
  { values, out, root }: Pick<Call, 'values' | 'out'> & { root: string },
  files: readonly ScenarioFile[],
  scenarios: ScenarioOutcome[],
): number {
  const failed = scenarios.filter(({ result }) => result === 'failed').length;
  const answer: ScenarioAnswer = { passed: files.length - failed, failed, scenarios };
  if (values['json']) out.print(JSON.stringify(answer, null, 2));
  else {
    out.print(packText(answer, out.paint));
    const pictures = scenarios.findLast((each) => each.pictures.length > 0);
    if (pictures !== undefined)
      out.say(
        `${counted(pictures.pictures.length, 'picture')} of ${pictures.name}: ${join(root, '.intellimap', 'runs', pictures.run ?? '', 'pictures')}`,
      );
  }
  return failed === 0 ? ExitCode.OK : ExitCode.FAILED;
}

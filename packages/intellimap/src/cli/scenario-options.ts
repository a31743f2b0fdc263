/** The options of `intellimap scenario`. Pure. */
import type { V8Wanted } from '../base/recording.ts';
import type { Watched } from '../scenario/index.ts';
import type { Call, OptionHelp } from './command.ts';
import { runHelp, runOptions } from './run-options.ts';

/** Options of `run` that mean the same here. */
const SHARED = [
  'include', 'exclude', 'values', 'state', 'redact', 'value-budget', 'cpu-profile', 'coverage', 'heap', 'flags', 'label',
] as const; // oxfmt-ignore

/** µs between two CPU samples of a page. */
const INTERVAL = 5000;

const shared = Object.fromEntries(
  Object.entries(runOptions).filter(([name]) => (SHARED as readonly string[]).includes(name)),
) as Pick<typeof runOptions, (typeof SHARED)[number] & keyof typeof runOptions>;

export const scenarioOptions = {
  server: { type: 'string' },
  'base-url': { type: 'string' },
  browser: { type: 'string' },
  headed: { type: 'boolean' },
  timeout: { type: 'string' },
  'server-timeout': { type: 'string' },
  'no-coverage': { type: 'boolean' },
  'no-cpu-profile': { type: 'boolean' },
  'no-screenshots': { type: 'boolean' },
  json: { type: 'boolean' },
  ...shared,
} as const;

export const scenarioHelp: OptionHelp[] = [
  {
    usage: '--server <command>',
    text: 'starts the server of each scenario, recorded, and ends it afterwards',
  },
  {
    usage: '--base-url <url>',
    text: 'where it answers; without it, the first address of this machine that the server prints',
  },
  {
    usage: '--browser <path>',
    text: 'another Chromium than that of Playwright, of CHROMIUM, or of the machine',
  },
  { usage: '--headed', text: 'shows the browser' },
  { usage: '--timeout <s>', text: 'what a scenario may take (default 60)' },
  { usage: '--server-timeout <s>', text: 'what the server may take until it answers (default 60)' },
  { usage: '--no-coverage', text: 'do not have V8 count what pages pass' },
  { usage: '--no-cpu-profile', text: `do not have V8 take a CPU sample of pages every ${INTERVAL} µs` },
  { usage: '--no-screenshots', text: 'take no pictures at the ends of steps' },
  { usage: '--json', text: 'print what came of it as JSON' },
  ...runHelp.filter(({ usage }) => SHARED.some((name) => new RegExp(`^--${name}\\b(?!-)`).test(usage))),
];

/** What is looked at in pages: V8's counts and samples unless somebody says otherwise, of the server's threads only what is asked for. */
export const watchedIn = (values: Call['values'], v8: V8Wanted | undefined): Watched => ({
  coverage: !values['no-coverage'],
  cpu: values['no-cpu-profile'] ? undefined : (v8?.cpu ?? INTERVAL),
  heap: v8?.heap !== undefined,
  pictures: !values['no-screenshots'],
});

/** The collector, for as long as a command runs. I/O: a port. */
import { collectorRedaction } from '../record/redaction.ts';
import { appendFileSync, closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExitCode, Fault, unwritable } from '../base/fault.ts';
import { collectorFile } from '../collect/collector-file.ts';
import type { Collected, CollectorOptions } from '../collect/server.ts';
import { loadConfig } from '../config/index.ts';
import { hostNames, hostsOf, isLoopback } from '../serve/hosts.ts';
import { type Call, type OptionHelp, wholeNumber } from './command.ts';
import { counted } from './format.ts';

const LOCAL = '127.0.0.1';
const HIGHEST_PORT = 65_535;
const LOOK_MS = 250;

/** Options of `collect`. */
export const collectOptions = {
  port: { type: 'string' },
  host: { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  'otlp-out': { type: 'string' },
} as const;

export const collectHelp: OptionHelp[] = [
  { usage: '--port <n>', text: 'another port than that of the workspace, which built pages know' },
  { usage: '--host <address>', text: 'another address of this machine, which others may reach' },
  {
    usage: '--allow-origin <origin>',
    text: 'pages from there may send, too: https://shop.example (repeatable)',
  },
  {
    usage: '--otlp-out <file>',
    text: 'all is also written there as OTLP JSON lines: what OpenTelemetry sends as it comes, calls of pages when it has ended',
  },
];

interface Wishes {
  root: string;
  values: Call['values'];
  cwd: string;
  run: CollectorOptions['run'];
  out: Call['out'];
  /** Parts of names that are secret beside the usual; without it those of the workspace. */
  names?: readonly string[] | undefined;
  /** What came so far is shown: nothing else is on the terminal. */
  isLive?: boolean;
}

export interface Collecting {
  url: string;
  token: string;
  collected(): Collected;
  /** Ends it; what came is kept. */
  close(): Promise<void>;
}

/** @throws Fault when the port is taken, or a wish cannot be fulfilled */
export async function beginCollecting({
  root,
  values,
  cwd,
  run,
  out,
  names,
  isLive = false,
}: Wishes): Promise<Collecting> {
  const { startCollector } = await import('../collect/server.ts');
  const file = collectorFile(root);
  const host = values['host'] === undefined ? LOCAL : String(values['host']);
  const wanted = wholeNumber('--port', values['port']) ?? file.port;
  if (wanted > HIGHEST_PORT) throw new Fault(ExitCode.USAGE, `--port takes 0 to ${HIGHEST_PORT}`);
  const origins = originsIn(values['allow-origin']);
  const sink =
    values['otlp-out'] === undefined ? undefined : openSink(resolve(cwd, String(values['otlp-out'])), out);
  const { token } = file;
  const { settings } = await loadConfig(root);
  const collector = await startCollector({
    root,
    ...collectorRedaction(root, names ?? settings.record.redact),
    run,
    host,
    hosts: (port) => hostsOf(host, port),
    port: wanted,
    token,
    origins,
    sink: sink?.write,
  });
  if (!isLoopback(host))
    out.say(
      `intellimap: ${host} can be reached from other machines, and what is sent is not encrypted: whoever reads along sees the token, and what programs do`,
    );
  const show = (): void => out.progress(liveText(collector.collected()));
  const timer = isLive ? setInterval(show, LOOK_MS) : undefined;
  return {
    url: `http://${hostNames(host)[0]}:${collector.port}`,
    token,
    collected: () => collector.collected(),
    async close() {
      clearInterval(timer);
      await collector.close();
      sink?.close();
    },
  };
}

function originsIn(given: Call['values'][string]): string[] {
  return (given === undefined ? [] : [given].flat()).map((value) => {
    const text = String(value);
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, ''))
      return url.origin;
    throw new Fault(
      ExitCode.USAGE,
      `--allow-origin takes an origin, not "${text}"`,
      'for example: --allow-origin https://shop.example',
    );
  });
}

/** A request a line, appended as it comes. Where that fails later on, what is sent is kept in the run all the same. @throws Fault */
function openSink(file: string, out: Call['out']): { write: (request: object) => void; close: () => void } {
  const fd = opened(file);
  let isWhole = true;
  return {
    write(request) {
      try {
        appendFileSync(fd, `${JSON.stringify(request)}\n`);
      } catch (error) {
        if (isWhole) out.say(`intellimap: ${file} lacks some of it: ${(error as Error).message}`);
        isWhole = false;
      }
    },
    close: () => closeSync(fd),
  };
}

function opened(file: string): number {
  try {
    return openSync(file, 'a');
  } catch (error) {
    throw unwritable(error, file);
  }
}

/** What came so far, in a line. */
export function liveText({ threads, events, lost, spans, logs, points, refused }: Collected): string {
  const parts = [
    `${counted(threads, 'page')}, ${counted(events, 'event')}`,
    ...(lost > 0 ? [`${counted(lost, 'word')} lost`] : []),
    ...(spans > 0 ? [counted(spans, 'span')] : []),
    ...(logs > 0 ? [counted(logs, 'log record')] : []),
    ...(points > 0 ? [counted(points, 'point')] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return parts.join(' · ');
}

/** How programs are pointed at it. */
export const directions = ({ url, token }: Collecting): string =>
  [
    `  pages:   those that intellimap/vite built with { build: true } find it`,
    `  OTLP:    OTEL_EXPORTER_OTLP_ENDPOINT=${url}`,
    `           OTEL_EXPORTER_OTLP_HEADERS=x-intellimap-token=${token}`,
  ].join('\n');

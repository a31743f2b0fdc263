/** The ways to ask: runs that were recorded, this build several times, or two builds in pairs. */
import { ExitCode, Fault } from '../../base/fault.ts';
import type { Configuration } from '../../config/index.ts';
import { type GateName, GATES, type GateReport } from '../../gates/index.ts';
import { type Call, wholeNumber } from '../command.ts';
import { version } from '../help.ts';
import { mergeRecord } from '../record-settings.ts';
import { type Asked, askedFor } from '../run-options.ts';
import { fileNamed, readBaseline } from './baseline-files.ts';
import { checkOut } from './checkout.ts';
import { type Build, gather, wantedRuns } from './gather.ts';
import { latestPack, ofScenario } from './pack.ts';
import { compareInPairs, judged } from './pairs.ts';
import { createRecorder, lastProcessor } from './record.ts';

export interface GateCall extends Call {
  root: string;
  configuration: Configuration;
}

function gatesIn(values: Call['values']): GateName[] {
  const named = [values['only'] ?? []].flat().flatMap((each) => String(each).split(','));
  const wrong = named.find((name) => !(GATES as readonly string[]).includes(name));
  if (wrong !== undefined)
    throw new Fault(ExitCode.USAGE, `unknown gate "${wrong}"`, `gates: ${GATES.join(', ')}`);
  return named.length === 0 ? [...GATES] : (named as GateName[]);
}

function savedBaseline({ values, root, configuration, cwd }: GateCall): Build {
  const asked = values['baseline'];
  return readBaseline(
    typeof asked === 'string'
      ? fileNamed(root, asked, cwd)
      : fileNamed(root, configuration.settings.gate.baseline),
  );
}

/** Runs that there are, against a saved baseline; of a pack of scenarios each against its own. */
export async function judgeRecorded(call: GateCall): Promise<GateReport[]> {
  const { values, root, configuration, out, cwd } = call;
  const wanted = wantedRuns(values);
  const pack = await latestPack(root, values, configuration.settings, out);
  if (pack.length === 0) return [await judgeApart(call, savedBaseline(call), wanted)];
  const asked = values['baseline'];
  const [name, from] =
    typeof asked === 'string' ? [asked, cwd] : [configuration.settings.gate.baseline, root];
  const reports: GateReport[] = [];
  for (const { name: scenario, run } of pack) {
    const base = readBaseline(fileNamed(root, ofScenario(name, scenario), from));
    const runs = 'last' in wanted && wanted.last > 1 ? { last: wanted.last, like: run } : { ids: [run] };
    reports.push(await judgeApart(call, base, runs));
  }
  return reports;
}

async function judgeApart(
  { values, root, configuration: { settings }, out }: GateCall,
  base: Build,
  wanted: Parameters<typeof gather>[2],
): Promise<GateReport> {
  const only = gatesIn(values);
  const candidate = await gather(root, 'this build', wanted, settings, out);
  const terms = { design: 'apart', looks: 1, only, settings, intellimap: version() } as const;
  return await judged(root, base, candidate, terms);
}

export async function runAndJudge(call: GateCall, command: string[]): Promise<GateReport> {
  const { values, configuration } = call;
  gatesIn(values);
  const asked = askedFor(recordOptions(values, configuration), command);
  const { times, timesMost } = timesIn(values, configuration.settings.gate);
  const what = values['interleave'];
  return typeof what === 'string'
    ? await againstOther(call, what, asked, times, timesMost)
    : await againstSaved(call, asked, times);
}

/** What makes recordings other ones than the program calls for (budgets, samples, values) is not for comparisons. */
function recordOptions(given: Call['values'], { settings, said }: Configuration): Call['values'] {
  const { include, exclude } = given;
  const own = { ...(include && { include }), ...(exclude && { exclude }) };
  const { values } = mergeRecord(own, settings.record, said);
  const kept = ['include', 'exclude', 'ring', 'processes', 'no-links'];
  return Object.fromEntries(Object.entries(values).filter(([name]) => kept.includes(name)));
}

function timesIn(
  values: Call['values'],
  settings: { times: number; timesMost: number },
): { times: number; timesMost: number } {
  const asked = wholeNumber('--times', values['times']);
  const most = wholeNumber('--times-most', values['times-most']);
  if (asked === 0) throw new Fault(ExitCode.USAGE, '--times takes a number above 0');
  const times = asked ?? settings.times;
  return { times, timesMost: most ?? (asked === undefined ? settings.timesMost : times) };
}

async function againstOther(
  call: GateCall,
  what: string,
  asked: Asked,
  times: number,
  timesMost: number,
): Promise<GateReport> {
  const { values, configuration, out, cwd } = call;
  const processor = values['alternate'] ? undefined : lastProcessor();
  if (processor === undefined && !values['alternate'])
    out.say('intellimap: there is no taskset here: builds run one after the other, which tells less');
  const baseline = await checkOut(what, cwd, values['prepare'] as string | undefined);
  const recorder = createRecorder(asked, out, processor);
  try {
    const together = processor !== undefined;
    const terms = { together, times, timesMost, only: gatesIn(values), settings: configuration.settings };
    return await compareInPairs({ baseline, cwd, recorder, ...terms, intellimap: version() }, out);
  } finally {
    recorder.close();
    await baseline.remove();
  }
}

/** This build alone, against a saved baseline. */
async function againstSaved(call: GateCall, asked: Asked, times: number): Promise<GateReport> {
  const base = savedBaseline(call);
  const recorder = createRecorder(asked, call.out, undefined);
  try {
    const ids: string[] = [];
    for (let at = 0; at < times; at++) {
      call.out.progress(`run ${at + 1} of ${times} …`);
      ids.push((await recorder.record(call.cwd)).id);
    }
    return await judgeApart(call, base, { ids });
  } finally {
    recorder.close();
  }
}

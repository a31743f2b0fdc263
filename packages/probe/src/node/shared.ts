/** What the threads of a process share: the settings of the run, as the recorder's variables tell them, and memory. */
import { setEnvironmentData } from 'node:worker_threads';
import {
  BELL_BYTES,
  PROBE_KEY,
  type ProbeShared,
  type V8Settings,
  type ValueSettings,
} from '../wire/registry.ts';
import { CHUNK_WORDS, chunkWordsFor, GATE_NAMES, MIN_CHUNK_WORDS } from '../wire/ring.ts';
import { CHILD, type OwnEnvironment } from './environment.ts';
import { slowRule } from './slow-tasks.ts';
import { threadIdMemory } from './thread-ids.ts';
import { writtenMemory } from './v8-ending.ts';

/** To be called in the main thread: workers find it among the data of their environment. */
export function share(own: OwnEnvironment): ProbeShared {
  const { variables } = own;
  const isChild = variables[CHILD] === 'yes';
  variables[CHILD] = 'yes';
  const siteCounter = new SharedArrayBuffer(4);
  new Int32Array(siteCounter)[0] = 1;
  const shared: ProbeShared = {
    runDir: variables['INTELLIMAP_RUN'],
    tier: variables['INTELLIMAP_TIER'] ?? 'performance',
    policy: variables['INTELLIMAP_POLICY'] === 'drop' ? 'drop' : 'wait',
    isChild,
    flightBytes: Math.max(0, Number(variables['INTELLIMAP_FLIGHT_BYTES'] ?? 0)) || 0,
    budget: Number(variables['INTELLIMAP_BUDGET']) || undefined,
    costs: variables['INTELLIMAP_COSTS'] ? JSON.parse(variables['INTELLIMAP_COSTS']) : undefined,
    keepSlower: slowRule(variables['INTELLIMAP_KEEP_SLOWER']),
    sample: sampleOf(variables['INTELLIMAP_SAMPLE']),
    gc: variables['INTELLIMAP_GC'] === 'on',
    links: variables['INTELLIMAP_LINKS'] !== 'off',
    resources: variables['INTELLIMAP_RESOURCES'] !== 'off',
    requests: variables['INTELLIMAP_REQUESTS'] !== 'off',
    gates: GATE_NAMES.find((name) => name === variables['INTELLIMAP_GATES']) ?? 'open',
    values: valuesOf(variables['INTELLIMAP_VALUES']),
    redaction: redactionOf(variables['INTELLIMAP_REDACTION']),
    v8: v8Of(variables['INTELLIMAP_V8']),
    chunkWords: chunkWordsOf(variables),
    siteCounter,
    bell: new SharedArrayBuffer(BELL_BYTES),
    threadIds: threadIdMemory(),
    channel: `intellimap-${process.pid}-${process.hrtime.bigint()}`,
    environment: own,
  };
  setEnvironmentData(PROBE_KEY, shared);
  return shared;
}

/** INTELLIMAP_CHUNK_WORDS is for tests. */
function chunkWordsOf(variables: Record<string, string>): number {
  const chunk = Number(variables['INTELLIMAP_CHUNK_WORDS']);
  if (chunk >= MIN_CHUNK_WORDS && Number.isInteger(chunk)) return chunk;
  const ring = Number(variables['INTELLIMAP_RING_WORDS']);
  return ring > 0 ? chunkWordsFor(ring) : CHUNK_WORDS;
}

function sampleOf(rate: string | undefined): ProbeShared['sample'] {
  if (rate === 'auto') return rate;
  const share = Number(rate);
  return share > 0 && share <= 1 ? share : undefined;
}

function valuesOf(settings: string | undefined): ValueSettings | undefined {
  return settings ? (JSON.parse(settings) as ValueSettings) : undefined;
}

function redactionOf(settings: string | undefined): ProbeShared['redaction'] {
  return settings ? (JSON.parse(settings) as ProbeShared['redaction']) : { names: [] };
}

function v8Of(settings: string | undefined): V8Settings | undefined {
  if (!settings) return undefined;
  return { ...(JSON.parse(settings) as Omit<V8Settings, 'written'>), written: writtenMemory() };
}

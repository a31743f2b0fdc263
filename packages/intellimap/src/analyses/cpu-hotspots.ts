/** Where V8's CPU samples were: functions by what they took themselves, those of packages and of Node included. */
import { cpuProfile, type SampledFunction } from '../query/index.ts';
import { type Analysis, duration, type Finding, plural, verdict } from './analysis.ts';

export interface HotspotFinding extends Finding {
  sampled: SampledFunction;
  /** Percent of all samples while something ran. */
  share: number;
}

/** Below, a function is no hot spot. */
const LEAST_SHARE = 1;
/** A share that rests on fewer samples is uncertain by a quarter and more. */
const SURE_SAMPLES = 16;
const MOST = 50;

const keyOf = ({ id, name }: SampledFunction): Record<string, string> =>
  id === null ? { name } : { ast_node_id: id };

export const cpuHotspots: Analysis<HotspotFinding> = {
  name: 'cpu-hotspots',
  title: 'Hot spots by CPU samples',
  async check(session) {
    const { functions, samples, busyMs } = await cpuProfile(session, { limit: MOST });
    if (samples === 0)
      return { holds: 'unknown', why: 'no CPU samples were taken; record with --cpu-profile' };
    return verdict(
      functions
        .map((sampled) => ({ sampled, share: (100 * sampled.selfMs) / busyMs }))
        .filter(({ share }) => share >= LEAST_SHARE)
        .map(({ sampled, share }) => ({
          sampled,
          share,
          id: `cpu-hotspots:${sampled.id ?? `${sampled.path ?? ''}#${sampled.name}`}`,
          confidence: sampled.self >= SURE_SAMPLES ? 'certain' : 'likely',
          place: sampled.path === null ? null : { path: sampled.path, line: sampled.line },
          evidence: [
            {
              run: session.run.id,
              table: 'cpu_nodes',
              key: keyOf(sampled),
            },
          ],
        })),
    );
  },
  describe({ sampled: { name, path, line, self, selfMs, totalMs }, share }) {
    const place = path === null ? '' : ` (${path}${line === null ? '' : `:${line}`})`;
    return `${name}${place} took ${share.toFixed(1)} % of the processor time: ${duration(selfMs)} of its own in ${plural(self, 'sample')}, ${duration(totalMs)} with what it called`;
  },
  summarise: (findings) =>
    `${plural(findings.length, 'function')} took ${findings.reduce((sum, { share }) => sum + share, 0).toFixed(0)} % of the processor time, most of all ${findings[0]?.sampled.name ?? 'none'}`,
};

/** Functions that take the time of their threads: by themselves, by what they leave to the garbage collector, by holding the event loop. */
import { type Hotspot, hotspots } from '../query/index.ts';
import {
  type Analysis,
  duration,
  type Evidence,
  type Finding,
  needsCalls,
  percent,
  plural,
  verdict,
} from './analysis.ts';

/** Part of the own time that is worth a word. */
const WORTH = 0.1;

export interface HotspotFinding extends Finding {
  spot: Hotspot;
  /** Calls of the last quarter of the run took so many times as long as those of the first; null: not longer, or not known. */
  growth: number | null;
}

export const performanceHotspots: Analysis<HotspotFinding> = {
  name: 'hotspots',
  title: 'Performance hotspots',
  async check(session) {
    const unknown = needsCalls(session);
    if (unknown !== null) return unknown;
    const { run, settings } = session;
    const spots = await hotspots(session, settings.hotspots);
    return verdict(
      spots.map((spot) => ({
        spot,
        growth: growthOf(spot, settings.hotspots.trendRatio),
        id: `hotspots:${spot.id}`,
        confidence: 'certain',
        place: { path: spot.path, line: spot.line },
        evidence: evidenceOf(run.id, spot),
      })),
    );
  },
  describe({ spot, growth }) {
    const { name, path, line, hits, selfMs, share, gcMs, collections, heldMs, turns, trend } = spot;
    const facts = [
      gcMs >= WORTH * selfMs && `${percent(gcMs / selfMs)} of it in ${plural(collections, 'garbage collection')}`,
      turns > 0 && heldMs >= WORTH * selfMs && `${duration(heldMs)} of it while ${plural(turns, 'turn')} held the event loop`,
      growth !== null && `a call took ${duration(trend!.firstMs)} in the first quarter of the run and ${duration(trend!.lastMs)} in the last`,
    ].filter(Boolean); // prettier-ignore
    return [`${name} (${path}:${line}) takes ${percent(share)} of all own time, ${duration(selfMs)} in ${plural(hits, 'call')}`, ...facts].join(', '); // prettier-ignore
  },
  summarise(findings) {
    const share = findings.reduce((sum, { spot }) => sum + spot.share, 0);
    const held = findings.filter(({ spot }) => spot.turns > 0).length;
    return `${plural(findings.length, 'function')} take ${percent(share)} of all own time, ${held} of them while the event loop was held`;
  },
};

const growthOf = ({ trend }: Hotspot, ratio: number): number | null =>
  trend !== null && trend.lastMs >= ratio * trend.firstMs && trend.firstMs > 0
    ? trend.lastMs / trend.firstMs
    : null;

function evidenceOf(run: string, { id, functionId, collections, turns }: Hotspot): Evidence[] {
  const own: Evidence = { run, table: 'nodes_runtime', key: { ast_node_id: id } };
  const pauses: Evidence[] = [];
  if (collections > 0) pauses.push({ run, table: 'pauses', key: { kind: 'gc', function_id: functionId } });
  if (turns > 0) pauses.push({ run, table: 'pauses', key: { kind: 'loop' } });
  return [own, ...pauses];
}

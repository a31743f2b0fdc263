/** What the program fetched and waited for, by host and route. */
import { type SlowRoute, slowestResources } from '../query/index.ts';
import { type Analysis, duration, type Evidence, type Finding, plural, verdict } from './analysis.ts';

export interface ResourceFinding extends Finding {
  resource: SlowRoute;
}

export const slowResources: Analysis<ResourceFinding> = {
  name: 'slow-resources',
  title: 'Slowest requests made',
  async check(session) {
    const routes = await slowestResources(session);
    if (routes.length > 0)
      return verdict(
        routes.map((resource) => ({
          resource,
          id: `slow-resources:${resource.method} ${resource.route}`,
          confidence: 'certain',
          place: placeOf(resource),
          evidence: evidenceOf(session.run.id, resource),
        })),
      );
    return isOff(session.run.flags)
      ? { holds: 'unknown', why: 'requests were not recorded; record without --no-resources' }
      : { holds: 'no' };
  },
  describe({ resource: { method, route, count, failures, p50Ms, p95Ms, slowest } }) {
    const times =
      p50Ms === null || p95Ms === null
        ? 'of unknown duration'
        : `${duration(p50Ms)} at the median, ${duration(p95Ms)} at the 95th percentile`;
    const failed = failures === 0 ? '' : `, ${failures} failed`;
    const by = slowest?.name
      ? `, made by ${slowest.name}${slowest.path === null ? '' : ` (${slowest.path}:${slowest.line})`}`
      : '';
    return `${`${method} ${route}`.trim()}: ${plural(count, 'request')}, ${times}${failed}${by}`;
  },
  summarise(findings) {
    const [slowest] = findings;
    if (slowest === undefined) return 'no requests were made';
    const { method, route, p95Ms } = slowest.resource;
    const failures = findings.reduce((sum, { resource }) => sum + resource.failures, 0);
    const how =
      p95Ms === null ? 'how long they took is not known' : `slowest ${method} ${route}, ${duration(p95Ms)}`;
    return `requests to ${plural(findings.length, 'route')}, ${how}; ${failures} failed`;
  },
};

/** @param flags `runs.flags` */
const isOff = (flags: string): boolean => (JSON.parse(flags) as { resources?: boolean }).resources === false;

const placeOf = ({ slowest }: SlowRoute): Finding['place'] =>
  slowest === null || slowest.path === null ? null : { path: slowest.path, line: slowest.line };

function evidenceOf(run: string, { method, route, slowest }: SlowRoute): Evidence[] {
  const all: Evidence = { run, table: 'resource_routes', key: { method, route } };
  if (slowest === null) return [all];
  const { threadId: thread_id, resourceId: resource_id } = slowest;
  return [{ run, table: 'resources', key: { thread_id, resource_id } }, all];
}

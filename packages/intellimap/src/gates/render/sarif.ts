/** SARIF 2.1.0 (OASIS), which code scanning reads: a result at the place of each finding, with a fingerprint that stays while lines move. Pure. */
import { createHash } from 'node:crypto';
import { toUSVString } from 'node:util';
import {
  findingsOf,
  type GateFinding,
  type GateName,
  type GateReport,
  GATES,
  type Place,
} from '../report.ts';

const RULES: Record<GateName, string> = {
  runs: 'The command ends as it did in the baseline',
  coverage: 'Functions that ran in the baseline still run',
  errors: 'No error is new, or comes more often',
  counts: 'A task makes no more calls, queries and awaits',
  times: 'Nothing has become slower',
};

/** Where what concerns the whole program stands: GitHub refuses a file in which one result has no place. */
const WHOLE: Place = { path: 'package.json', line: 1 };

export function sarif(report: GateReport): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'intellimap',
            semanticVersion: report.intellimap,
            rules: GATES.map((gate) => ({
              id: ruleOf(gate),
              name: gate,
              shortDescription: { text: RULES[gate] },
              defaultConfiguration: { level: 'error' },
            })),
          },
        },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: unjudged(report) }],
        automationDetails: { id: `intellimap-gate/${report.id}` },
        originalUriBaseIds: { SRCROOT: { description: { text: 'the workspace' } } },
        columnKind: 'utf16CodeUnits',
        results: findingsOf(report).map(result),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const ruleOf = (gate: GateName): string => `intellimap/${gate}`;

const unjudged = (report: GateReport): object[] =>
  report.gates
    .filter(({ verdict }) => verdict === 'unsure')
    .map(({ gate, says }) => ({
      level: 'warning',
      associatedRule: { id: ruleOf(gate) },
      message: { text: `could not be judged: ${says}` },
    }));

function result({ id, gate, message, place, causes, ...figures }: GateFinding): object {
  const { path, line } = place ?? WHOLE;
  const { baseline, candidate, unit, growth, p } = figures;
  return {
    ruleId: ruleOf(gate),
    ruleIndex: GATES.indexOf(gate),
    level: 'error',
    message: { text: `${message}.` },
    locations: [locationOf(path, line)],
    ...(causes.length === 0
      ? {}
      : {
          relatedLocations: causes.map((cause, at) => ({
            id: at + 1,
            ...locationOf(cause.path, cause.line),
            message: { text: `${cause.name}: ${Math.round(100 * cause.share)} % of the growth` },
          })),
        }),
    partialFingerprints: { 'intellimapFinding/v1': createHash('sha256').update(id).digest('hex') },
    properties: { id, baseline, candidate, unit, growth, p },
  };
}

const locationOf = (path: string, line: number | null): object => ({
  physicalLocation: {
    artifactLocation: uriOf(path),
    region: { startLine: Math.max(1, line ?? 1) },
  },
});

/** Relative to the workspace; files outside of it have their own. */
function uriOf(path: string): object {
  const uri = toUSVString(path).split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: 'SRCROOT' };
}

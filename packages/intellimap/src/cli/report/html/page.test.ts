import { expect, test } from 'vitest';
import type { AnalysisAnswer } from '../../../analyses/index.ts';
import type { RunSummary } from '../../../query/index.ts';
import { type PageFacts, reportPage } from './page.ts';

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\u202E`;

const answer = (facts: Partial<AnalysisAnswer>): AnalysisAnswer => ({
  name: 'dead-code',
  title: 'Never executed',
  holds: 'yes',
  why: null,
  summary: '2 functions are most likely dead',
  findings: [],
  statements: [],
  ...facts,
});

const finding = (text: string, path = 'src/a.ts', confidence = 'likely') =>
  ({
    finding: { id: text, confidence, place: { path, line: 7 }, evidence: [] },
    text,
  }) as unknown as AnalysisAnswer['findings'][number];

const summary = {
  run: {
    id: '01RUN',
    ts: Date.UTC(2026, 10, 22),
    command: '["node","app.mjs"]',
    commit: null,
    branch: null,
    dirty: null,
    duration_ms: 1234,
    processes_unrecorded: 0,
    tier: 'performance',
    ended: true,
    exit_code: 0,
  },
  functions: { hit: 3, all: 5, unwatched: 0 },
  modules: { loaded: 1, instrumented: 1, all: 1 },
  errors: { count: 0, places: 0, top: [] },
  tasks: { count: 0, passedOver: 0, slowest: [] },
  imports: { used: 1, unused: [], unknown: 0 },
  overhead: {
    instrumentingMs: 1,
    eventsMs: null,
    events: 0,
    cpuMs: null,
    ownMs: null,
    budget: null,
    percent: null,
    counted: 0,
    leftOut: 0,
    valuesMs: 0,
    stalledMs: 0,
  },
  threads: [],
  gates: { count: 0, top: [], stop: null },
  flight: null,
  sampling: null,
  values: null,
  measured: [],
  eventsLost: 0,
  certainty: {
    complete: true,
    certainUntilUs: null,
    damagedSegments: 0,
    gaps: 0,
    orphans: 0,
    callsOpen: 0,
    callsKept: 0,
    callsRule: 'all',
    callsMinUs: -1,
  },
} as unknown as RunSummary;

const facts = (more: Partial<PageFacts> = {}): PageFacts => ({
  project: 'shop',
  summary,
  answers: [],
  verdict: { tone: 'good', sentence: 'No new errors.', evidence: '' },
  gate: null,
  snippets: new Map(),
  map: null,
  version: '0.1.0',
  ...more,
});

test('what comes from programs is text, wherever it stands', () => {
  const page = reportPage(
    facts({
      project: HOSTILE,
      verdict: { tone: 'bad', sentence: HOSTILE, evidence: HOSTILE },
      answers: [
        answer({ summary: HOSTILE, findings: [finding(HOSTILE, HOSTILE)] }),
        answer({ name: 'x', holds: 'unknown', why: HOSTILE }),
      ],
    }),
  );
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toContain('<img');
  expect(page).not.toContain('\u202E');
  expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThanOrEqual(6);
});

test('policy: nothing from anywhere, and only the script and the styles that are in it', () => {
  const page = reportPage(facts());
  expect(page).toMatch(
    /content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; script-src &#39;sha256-[\w+/=]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"/,
  );
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
});

test('the gravest kind stands first; what found nothing is said', () => {
  const page = reportPage(
    facts({
      answers: [
        answer({ name: 'hot-paths', title: 'Hot' }),
        answer({}),
        answer({ name: 'drift', title: 'Drift' }),
        answer({ name: 'n-plus-one', title: 'N+1 calls', holds: 'no' }),
      ],
    }),
  );
  expect([...page.matchAll(/<section id="([\w-]+)"/g)].map(([, name]) => name)).toEqual([
    'drift',
    'dead-code',
    'hot-paths',
    'again',
  ]);
  expect(page).toContain('Looked for and not found: N+1 calls.');
});

test('a page has 2 MB at most, and says what it left out; with all, it has all', () => {
  const many = Array.from({ length: 3000 }, (_, at) =>
    finding(`function ${at} never ran ${'x'.repeat(5000)}`),
  );
  const short = reportPage(facts({ answers: [answer({ findings: many })] }));
  expect(Buffer.byteLength(short)).toBeLessThan(2 * 2 ** 20);
  expect(short.replaceAll(/\s+/g, ' ')).toMatch(
    /2,800 of 3,000 findings are left out here. All: <code>intellimap report 01RUN --only dead-code --all<\/code>/,
  );
  const all = reportPage(facts({ answers: [answer({ findings: many })] }), true);
  expect(all).toContain('function 2999 never ran');
  expect(all).not.toContain('are left out here');
});

import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { ALL, build, compared, fn, runHead, task } from '../fixtures/builds.ts';
import { judge } from '../judge.ts';
import type { GateReport } from '../report.ts';
import { annotations } from './annotations.ts';
import { markup } from '../../base/markup.ts';
import { codeSpan } from './escape.ts';
import { html } from './html.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';

/** What somebody may write into a name or a message: markup, Markdown, workflow commands, control characters, half a character. */
const EVIL =
  '</td><script>alert(1)</script>"\' `@team` [x](javascript:y) #1 ]]>\r\n::error::%0A\u0000\u001b[2J\u202E\ud800';
const EVIL_PATH = 'src/a b,:%&<">#?.ts';

const twelve = (factor: number, more = {}) =>
  build(12, {
    runs: Array.from({ length: 12 }, (_, at) => runHead(at, { mainMs: factor * (100 + (at % 4)) })),
    ...more,
  });
const bad = twelve(1.2, {
  errors: { beef: { name: 'Error', message: EVIL, path: EVIL_PATH, line: 7, count: Array(12).fill(1) } },
  tasks: { 'request GET /': task(12, { awaits: Array(12).fill(9) }) },
  idle: ['ts:src/a.ts#never', 'ts:src/db.ts#query'],
});
delete bad.functions['ts:src/db.ts#query'];
bad.functions['ts:src/a.ts#price'] = fn(EVIL_PATH, EVIL, 20, Array(12).fill(50), Array(12).fill(90));

const failed = judge(compared(twelve(1), bad), { id: '2026-11', intellimap: '0.1.0', only: ALL });
const passed = judge(compared(twelve(1), twelve(1)), { id: '2026-11', intellimap: '0.1.0', only: ALL });
const unsure = judge(compared(build(1), build(1)), {
  id: '2026-11',
  intellimap: '0.1.0',
  only: ['coverage', 'times'],
});
const REPORTS: [string, GateReport][] = [
  ['failed', failed],
  ['passed', passed],
  ['unsure', unsure],
];

test('the three are what they are called', () => {
  expect(REPORTS.map(([, { verdict }]) => verdict)).toEqual(['fail', 'pass', 'unsure']);
  expect(failed.gates.flatMap(({ findings }) => findings).map(({ gate }) => gate)).toEqual([
    'coverage',
    'coverage',
    'errors',
    'counts',
    'times',
  ]);
});

describe('gate.json', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../../../docs/schemas/gate.schema.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  test.each(REPORTS)('%s: is as its schema says', (_, report) => {
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors).toBeNull();
  });
  test('the schema knows what is wrong', () => {
    expect(validate({ ...failed, verdict: 'maybe' })).toBe(false);
    expect(validate({ ...failed, gates: [{ ...failed.gates[0], more: 1 }] })).toBe(false);
  });
});

describe('gate.html', () => {
  test.each(REPORTS)('%s: is whole, and runs and loads nothing', (_, report) => {
    const page = html(report);
    expect(wellFormed(page.replace('<!doctype html>', ''), /^(meta|br)$/)).toBe('html');
    expect(page).not.toMatch(/<script|<img|<link|\son\w+=|javascript:(?!y)|\bsrc=|\shref=|style=/i);
    const style = /<style>([^]*)<\/style>/.exec(page)![1];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
  });
  test('says what was said', () => {
    expect(html(failed)).toContain('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;');
  });
});

describe('junit.xml', () => {
  test.each(REPORTS)('%s: is well formed', (_, report) =>
    expect(wellFormed(junit(report).replace(/^<\?xml.*\?>/, ''))).toBe('testsuites'),
  );
  test('a case for each finding, one for each gate without', () => {
    const text = junit(failed);
    expect(text).toContain('tests="6" failures="5" errors="0" skipped="0"');
    expect(text.match(/<failure /g)).toHaveLength(5);
    expect(junit(unsure)).toContain(
      '<error type="unsure" message="could not be judged: 1 run of a build is too few',
    );
    expect(junit(unsure).match(/<skipped\/>/g)).toHaveLength(3);
  });
});

describe('gate.sarif', () => {
  const log = JSON.parse(sarif(failed));
  const [run] = log.runs;
  test('has a result at the place of each finding', () => {
    expect([log.version, run.results.length, run.tool.driver.rules.length]).toEqual(['2.1.0', 5, 5]);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const [{ physicalLocation }] = run.results[2].locations;
    expect(physicalLocation).toEqual({
      artifactLocation: { uri: 'src/a%20b%2C%3A%25%26%3C%22%3E%23%3F.ts', uriBaseId: 'SRCROOT' },
      region: { startLine: 7 },
    });
  });
  test('one without a place has that of the program: GitHub takes nothing of a file in which a result has none', () => {
    const ends = judge(compared(build(1), build(1, { runs: [runHead(0, { exitCode: 3 })] })), {
      id: '2026-11',
      intellimap: '0.1.0',
      only: ALL,
    });
    for (const { locations } of [...JSON.parse(sarif(ends)).runs[0].results, ...run.results])
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/./);
  });
  test('half a character in a path is no reason to fail', () => {
    const half = structuredClone(bad);
    half.errors.beef.path = 'src/\ud800.ts';
    const report = judge(compared(twelve(1), half), { id: '2026-11', intellimap: '0.1.0', only: ALL });
    expect(sarif(report)).toContain('"src/%EF%BF%BD.ts"');
  });
  test('fingerprints stay while lines and times move', () => {
    const moved = structuredClone(bad);
    moved.errors.beef.line = 99;
    moved.runs.forEach((each) => (each.mainMs! *= 1.1));
    const later = judge(compared(twelve(1), moved), { id: '2026-12', intellimap: '0.1.0', only: ALL });
    const prints = (report: GateReport) =>
      JSON.parse(sarif(report)).runs[0].results.map(
        ({ partialFingerprints }: { partialFingerprints: object }) => partialFingerprints,
      );
    expect(prints(later)).toEqual(prints(failed));
    expect(new Set(prints(failed).map((each: object) => JSON.stringify(each))).size).toBe(5);
  });
  test('what could not be judged is told as such', () => {
    const [{ toolExecutionNotifications }] = JSON.parse(sarif(unsure)).runs[0].invocations;
    expect(toolExecutionNotifications).toMatchObject([
      { level: 'warning', associatedRule: { id: 'intellimap/times' } },
    ]);
  });
});

describe('comment.md', () => {
  test.each(REPORTS)('%s: has ten lines at most', (_, report) =>
    expect(markdown(report).trimEnd().split('\n').length).toBeLessThanOrEqual(10),
  );
  test('also where there is much to tell', () => {
    const [, , errors] = failed.gates;
    const many = { ...failed, gates: [{ ...errors, findings: Array(50).fill(errors.findings[0]) }] };
    const lines = markdown(many).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toBe('- and 45 more, in the report');
  });
  test('what a program says is code, and nothing else', () => {
    // Outside of code spans there are only our own words.
    const outside = markdown(failed).replaceAll(/(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/[<@[\]#]|script|team/);
    expect(codeSpan('a `` b')).toBe('```a `` b```');
    expect(codeSpan('`')).toBe('`` ` ``');
  });
});

describe('annotations', () => {
  test('a line each; nothing in it ends it, or begins another', () => {
    const lines = annotations(failed).split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^::error (file=[^,:]+,line=\d+,)?title=[^,]*::[^\r]*$/);
    expect(lines[2]).toContain(
      'file=src/a b%2C%3A%25&<">#?.ts,line=7,title=intellimap gate%3A errors::new error',
    );
  });
  test('what could not be judged is a warning', () =>
    expect(annotations(unsure)).toMatch(/^::warning title=intellimap gate%3A times::could not be judged: /));
});

test('markup leaves no half characters, and none that XML forbids', () => {
  expect(markup('a\u0000b\ud800c\u202Ed<&>"\'')).toBe('a\ufffdb\ufffdc\ufffdd&lt;&amp;&gt;&quot;&#39;');
  expect(markup('😀')).toBe('😀');
});

/** Name of the outermost element; throws where tags do not close each other, or text holds what it may not. */
function wellFormed(text: string, empty = /^$/): string {
  const open: string[] = [];
  let outermost = '';
  for (const [all, before, close, name, self] of text
    .trim()
    .matchAll(/([^<]*)<(\/?)([a-z][\w-]*)(?:\s+[\w:-]+(?:="[^"<]*")?)*\s*(\/?)>/gy)) {
    if (/&(?!(amp|lt|gt|quot|#39);)/.test(before) && open.at(-1) !== 'style')
      throw new Error(`bare & in ${all}`);
    if (close) {
      if (open.pop() !== name) throw new Error(`unexpected </${name}>`);
      if (open.length === 0) outermost = name;
    } else if (!self && !empty.test(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> are open`);
  return outermost;
}

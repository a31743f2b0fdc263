import { describe, expect, test } from 'vitest';
import { baselineText, parseBaseline } from './baseline.ts';
import { checkCounts } from './checks/counts.ts';
import { checkCoverage } from './checks/coverage.ts';
import { checkErrors } from './checks/errors.ts';
import { checkRuns } from './checks/runs.ts';
import { appeared, grown } from './checks/steady.ts';
import { checkTimes } from './checks/times.ts';
import { ALL, build, compared, fn, head, runHead, task } from './fixtures/builds.ts';
import { judge, wantsMore } from './judge.ts';
import { markdown } from './render/markdown.ts';
import { schedule } from './schedule.ts';

const one = build(1);
/** Finding ids of one gate. */
const ids = ({ findings }: { findings: { id: string }[] }): string[] => findings.map(({ id }) => id);

test('identical builds pass, but for times of one run', () => {
  const report = judge(compared(one, build(1)), { id: 'r', intellimap: '0', only: ALL });
  expect(report.gates.map(({ gate, verdict }) => `${gate} ${verdict}`)).toEqual([
    'runs pass',
    'coverage pass',
    'errors pass',
    'counts pass',
    'times unsure',
  ]);
  expect(report.verdict).toBe('unsure');
  const asked = judge(compared(one, build(1)), { id: 'r', intellimap: '0', only: ['coverage', 'errors'] });
  expect(asked.verdict).toBe('pass');
});

describe('counts that do not vary are exact, those that do must not overlap', () => {
  test.each([
    ['one run each', [3], [4], 'yes'],
    ['the same', [3], [3], 'no'],
    ['less', [3, 3], [2, 2], 'no'],
    ['steady in both', [3, 3], [4, 4], 'yes'],
    ['varies, few runs', [3, 4], [5, 6], 'maybe'],
    ['varies, overlaps', [3, 5, 3, 3], [4, 6, 5, 5], 'maybe'],
    ['varies, many runs apart', [3, 4, 3, 4, 3, 4, 3, 4], [5, 6, 5, 6, 5, 6, 5, 6], 'yes'],
  ])('%s', (_, base, candidate, answer) => expect(grown(base, candidate, 0, 1)).toBe(answer));
  test('tolerance', () => {
    expect(grown([100], [110], 0.1, 1)).toBe('no');
    expect(grown([100], [111], 0.1, 1)).toBe('yes');
  });
  test.each([
    ['never', [false], [false], 'no'],
    ['before, too', [false, true], [true, true], 'no'],
    ['in all runs', [false, false], [true, true], 'yes'],
    ['in one of ten', Array(10).fill(false), [true, ...Array(9).fill(false)], 'maybe'],
    ['in nine of ten', Array(10).fill(false), [false, ...Array(9).fill(true)], 'yes'],
  ])('appeared: %s', (_, base, candidate, answer) => expect(appeared(base, candidate, 1)).toBe(answer));
});

describe('coverage', () => {
  const { 'ts:src/a.ts#price': price, ...rest } = one.functions;
  const lost = { ...one, functions: rest, idle: ['ts:src/a.ts#never', 'ts:src/a.ts#price'] };
  test('a function that no longer runs is named', () => {
    const { verdict, findings } = checkCoverage(compared(one, lost));
    expect(verdict).toBe('fail');
    expect(findings[0]).toMatchObject({
      id: 'coverage:lost:ts:src/a.ts#price',
      message: 'price no longer runs',
      place: { path: price.path, line: 20 },
    });
  });
  test('one that was taken away is not lost, nor is one that ran only sometimes', () => {
    expect(
      checkCoverage(compared(one, { ...one, functions: rest, idle: ['ts:src/a.ts#never'] })).verdict,
    ).toBe('pass');
    const sometimes = build(2);
    sometimes.functions['ts:src/a.ts#price'].hits = [50, 0];
    const settings = { ...compared(one, one).settings, coverageDrop: 0.5 };
    const { verdict, notes } = checkCoverage(compared(sometimes, { ...lost, runs: one.runs }, { settings }));
    expect([verdict, notes.length]).toEqual(['pass', 1]);
  });
  test('a file that is no longer loaded loses its functions, one that was deleted does not', () => {
    const { 'ts:src/db.ts#query': _, ...without } = one.functions;
    const unloaded = { ...one, functions: without };
    expect(ids(checkCoverage(compared(one, unloaded)))).toContain('coverage:lost:ts:src/db.ts#query');
    const deleted = compared(one, unloaded, { exists: () => false });
    expect(ids(checkCoverage(deleted))).not.toContain('coverage:lost:ts:src/db.ts#query');
  });
  test('where the program does not start, nothing ran: files that are not loaded are not left out', () => {
    const none = { ...one, functions: {}, idle: [] };
    const { says, findings } = checkCoverage(compared(one, none));
    expect(says).toMatch(/^0\.0 % of the functions ran \(75\.0 % in the baseline\), 3 no longer/);
    expect(findings.map(({ id }) => id)).toContain('coverage:share:');
  });
  test('bodies of modules are no functions', () => {
    const module = { 'ts:src/a.ts#': fn('src/a.ts', 'src/a.ts', 1, [1]) };
    const whole = { ...one, functions: { ...one.functions, ...module } };
    expect(checkCoverage(compared(whole, whole)).says).toMatch(/^75\.0 %/);
  });
  test('new code that nothing runs lowers the share', () => {
    const idle = Array.from({ length: 10 }, (_, at) => `ts:src/new.ts#f${at}`);
    expect(ids(checkCoverage(compared(one, { ...one, idle })))).toEqual(['coverage:share:']);
  });
});

describe('errors', () => {
  const fresh = { name: 'TypeError', message: 'x of undefined', path: 'src/a.ts', line: 7, count: [3] };
  test('new ones, and more of what there was', () => {
    const { cafe } = one.errors;
    const worse = { ...one, errors: { cafe: { ...cafe, count: [5] }, beef: fresh } };
    expect(ids(checkErrors(compared(one, worse)))).toEqual(['errors:new:beef', 'errors:more:cafe']);
    expect(ids(checkErrors(compared(worse, one)))).toEqual([]);
  });
  test('one that comes now and then is told, and fails nothing', () => {
    const ten = build(10);
    const flaky = { ...fresh, count: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0] };
    const { verdict, notes } = checkErrors(compared(ten, { ...ten, errors: { ...ten.errors, beef: flaky } }));
    expect([verdict, notes[0]]).toEqual(['pass', 'perhaps new, in 1 of 10 runs: TypeError: x of undefined']);
  });
  test('too many', () => {
    const settings = { ...compared(one, one).settings, maxErrors: 1 };
    expect(ids(checkErrors(compared(one, one, { settings })))).toEqual(['errors:total:']);
  });
});

describe('counts', () => {
  const worse = (facts: Parameters<typeof task>[1]) =>
    compared(one, { ...one, tasks: { 'request GET /': task(1, facts) } });
  test('N+1 queries are seen in one run, by the function that asks', () => {
    const { findings } = checkCounts(worse({ queries: { 'ts:src/db.ts#query': [12] }, calls: [21] }));
    expect(findings.map(({ message, place }) => [message, place?.path])).toEqual([
      ['request GET / makes 21 calls instead of 10 (+110.0 %)', 'src/a.ts'],
      ['request GET / makes 12 queries by query instead of 1 (+1100.0 %)', 'src/db.ts'],
    ]);
  });
  test('functions that are called more often in the whole run are named beside calls alone', () => {
    const { tasks } = worse({ queries: { 'ts:src/db.ts#query': [12] }, calls: [21], awaits: [5] }).candidate;
    const query = fn('src/db.ts', 'query', 1, [600]);
    const more = { ...one, tasks, functions: { ...one.functions, 'ts:src/db.ts#query': query } };
    const report = judge(compared(one, more), { id: 'r', intellimap: '0', only: ['counts'] });
    expect(
      report.gates
        .flatMap(({ findings }) => findings)
        .map(({ id, causes }) => [id, causes.map(({ name, growth }) => [name, growth])]),
    ).toEqual([
      ['counts:calls:request GET /', [['query', 550]]],
      ['counts:awaits:request GET /', []],
      ['counts:queries:request GET /:ts:src/db.ts#query', []],
    ]);
    expect(markdown(report)).toMatch(
      /makes 21 calls .*; 100 % of all calls that a run makes more are of `query src\/db\.ts:1`/,
    );
  });
  test('a run in which a task did not come tells nothing of its queries', () => {
    const query = 'ts:src/db.ts#query';
    const rare = (calls: number) =>
      build(2, {
        tasks: {
          'request GET /': task(2, { count: [50, 0], calls: [10, null], awaits: [2, null], queries: { [query]: [calls, 0] } }),
        },
      }); // prettier-ignore
    expect(ids(checkCounts(compared(rare(1), rare(12))))).toEqual([`counts:queries:request GET /:${query}`]);
  });
  test('awaits are exact, calls have room', () => {
    expect(ids(checkCounts(worse({ awaits: [3], calls: [11] })))).toEqual(['counts:awaits:request GET /']);
  });
  test('where not all tasks have rows, nothing is said', () => {
    const cut = { ...one, runs: [runHead(0, { tasksWhole: false })] };
    expect(checkCounts(compared(one, cut)).verdict).toBe('unsure');
  });
});

describe('times', () => {
  /** Ten runs of the same noise. @param factor of all times of the candidate */
  const ten = (factor: number, facts = {}) =>
    build(10, {
      runs: Array.from({ length: 10 }, (_, at) => runHead(at, { mainMs: factor * (100 + (at % 4)) })),
      ...facts,
    });
  test('a tenth more is found, and whose it is', () => {
    const slow = ten(1.1);
    slow.functions['ts:src/a.ts#price'] = {
      ...fn('src/a.ts', 'price', 20, Array(10).fill(50), Array(10).fill(60)),
      hash: 'bbbb',
    };
    const { verdict, findings } = checkTimes(compared(ten(1), slow));
    expect(verdict).toBe('fail');
    expect(findings[0]).toMatchObject({ id: 'times:processor', place: { path: 'src/a.ts', line: 20 } });
    expect(findings[0].growth).toBeCloseTo(0.1, 5);
    expect(findings[0].causes).toMatchObject([{ name: 'price', growth: 10, share: 1, changed: 'body' }]);
  });
  test('git tells of lines that changed', () => {
    const slow = ten(1.1);
    slow.functions['ts:src/a.ts#price'].selfMs = Array(10).fill(60);
    const causesWith = (lines: [number, number]) =>
      checkTimes(compared(ten(1), slow, { changed: { 'src/a.ts': [lines] } })).findings[0].causes[0].changed;
    expect([causesWith([22, 22]), causesWith([26, 40])]).toEqual(['lines', null]);
  });
  test('one that is let pass is not failed, nor is one that is faster', () => {
    expect(checkTimes(compared(ten(1), ten(1.02))).verdict).toBe('pass');
    expect(checkTimes(compared(ten(1), ten(0.5))).verdict).toBe('pass');
  });
  test('too few runs, other machines, too much noise: not judged', () => {
    expect(checkTimes(compared(build(5), build(5))).says).toContain('too few');
    const elsewhere = compared(ten(1), ten(1), { design: 'apart' });
    elsewhere.baseHead.node = 'v24.0.0';
    expect(checkTimes(elsewhere).says).toBe(
      'times of the baseline are from elsewhere: v24.0.0 is not v20.20.2',
    );
    const wild = ten(1, {
      runs: [90, 210, 120, 190, 80, 230, 100, 170, 140, 110].map((mainMs, at) => runHead(at, { mainMs })),
    });
    expect(checkTimes(compared(ten(1), wild))).toMatchObject({ verdict: 'unsure' });
  });
  test('the 95th percentile of a task, and that its middle did not move', () => {
    const tail = ten(1, {
      tasks: { 'request GET /': task(10, { p95Ms: [7, 7.1, 7.2, 7, 7.1, 7.3, 7, 7.2, 7.1, 7] }) },
    });
    expect(ids(checkTimes(compared(ten(1), tail)))).toEqual(['times:p95:request GET /']);
  });
  test('work of other threads is seen where there are some', () => {
    const workers = (cpuMs: number, count: number) =>
      build(10, {
        runs: Array.from({ length: 10 }, (_, at) => runHead(at, { workers: count, cpuMs: cpuMs + (at % 4) })),
      });
    expect(ids(checkTimes(compared(workers(150, 2), workers(180, 2))))).toEqual(['times:processor-all']);
    expect(ids(checkTimes(compared(workers(150, 0), workers(180, 0))))).toEqual([]);
  });
  test('more runs are wanted while a growth may be chance', () => {
    const report = judge(compared(ten(1), ten(1)), { id: 'r', intellimap: '0', only: ALL });
    const { settings } = compared(one, one);
    expect(wantsMore(report, settings, 2)).toBe(false);
    report.figures[1] = { ...report.figures[1], growth: 0.08, p: 0.2 };
    expect(wantsMore(report, settings, 2)).toBe(true);
  });
});

test('a command that fails now', () => {
  const failing = { ...one, runs: [runHead(0, { exitCode: 3 })] };
  expect(checkRuns(compared(one, failing))).toMatchObject({
    verdict: 'fail',
    says: 'the command ends with exit code 3, and did not in the baseline',
  });
  expect(checkRuns(compared(failing, failing)).verdict).toBe('pass');
  const half = { ...build(2), runs: [runHead(0), runHead(1, { signal: 'SIGKILL', exitCode: null })] };
  expect(checkRuns(compared(build(2), half)).verdict).toBe('unsure');
  expect(checkRuns(compared(half, build(2)))).toMatchObject({
    verdict: 'unsure',
    says: '0 of 2 runs failed, and 1 of 2 of the baseline (SIGKILL)',
  });
  // It did less, as it broke off: nothing is lost by that.
  const { 'ts:src/a.ts#price': _, ...functions } = half.functions;
  const broken = { ...half, functions, idle: ['ts:src/a.ts#price'] };
  const asked = ['coverage', 'counts'] as const;
  const report = judge(compared(build(2), broken), { id: 'r', intellimap: '0', only: asked });
  expect([report.verdict, report.gates.flatMap(({ findings }) => findings)]).toEqual(['unsure', []]);
});

describe('the file', () => {
  const facts = build(2);
  const text = baselineText({ head: head(facts), facts });
  test('says the same when read, and is the same text whatever the order of keys', () => {
    expect(parseBaseline(text, 'f')).toEqual({ head: head(facts), facts });
    const turned = { ...facts, functions: Object.fromEntries(Object.entries(facts.functions).toReversed()) };
    expect(baselineText({ head: head(facts), facts: turned })).toBe(text);
  });
  test.each([
    ['{', /cannot read the baseline f/],
    ['{}', /it is not a baseline/],
    ['null', /it is not a baseline/],
    [text.replace('"version": 1', '"version": 9'), /newer IntelliMap/],
    [text.replace('"idle"', '"lost"'), /a part of it is missing/],
    [text.replace('"hits": [50,50]', '"hits": [50]'), /a part of it is missing/],
    [text.replace('"command": ["node","app.js"]', '"command": 1'), /a part of it is missing/],
    [text.replace('"name": "price"', '"name": 1'), /a part of it is missing/],
    [text.replace('"hits": [50,50]', '"hits": ["a","b"]'), /a part of it is missing/],
    [text.replace('"line": 20', '"line": "1::\\n::stop"'), /a part of it is missing/],
    [text.replace('"commit": "c0ffee00c0ffee00"', '"commit": {}'), /a part of it is missing/],
    [text.replace('"ts:src/db.ts#query":[1,1]', '"ts:src/db.ts#query":[1]'), /a part of it is missing/],
    [text.replace('"workers":0', '"workers":"none"'), /a part of it is missing/],
  ])('%#: what is none is refused', (wrong, message) =>
    expect(() => parseBaseline(wrong, 'f')).toThrow(message),
  );
});

test('who begins a pair is left to chance', () => {
  const first = schedule(200, 1).filter(([side]) => side === 'baseline').length;
  expect(first).toBeGreaterThan(70);
  expect(first).toBeLessThan(130);
  expect(schedule(5, 1)).not.toEqual(schedule(5, 2));
});

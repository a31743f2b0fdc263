import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANALYSES, askAnalyses } from '../../analyses/index.ts';
import type { JsonSchema } from '../../base/shape.ts';
import { checkSettings, configurationSchema, DEFAULTS, SECTIONS } from '../../base/settings/index.ts';
import {
  drift,
  findCall,
  listening,
  listRuns,
  openSession,
  runSummary,
  type Session,
  showFunction,
  sql,
} from '../../query/index.ts';
import { Workspace } from '../../store/fixtures/workspace.ts';
import { analysisJson, reportAnswer } from '../report/json.ts';
import { SCHEMAS } from './index.ts';

const workspace = new Workspace();
let session: Session;
beforeAll(async () => {
  const notes = [
    { t: 'error', id: 1, name: 'TypeError', message: 'no cart' },
    { t: 'gates', micros: 1010, gate: 'off', functions: null, reason: 'somebody asked' },
    { t: 'kept', micros: 1020, reason: 'exit code 1' },
  ];
  workspace.run('r1', { '7-0': [{ counts: [[1, 5]], end: true }] }, { tier: 'minimal', startedAt: 1 });
  workspace.run(
    'r2',
    { '7-0': [{ picture: 'a{ b{ n{ }n }b b{ n{ ^1n !n !b }a', notes, end: true }] },
    { sample: 0.5, flight: 1, exitCode: null, signal: 'SIGTERM' },
  );
  session = await openSession(workspace.root);
});
afterAll(() => {
  session.close();
  workspace.remove();
});

/** The schema, with fields that it does not name refused: what is printed is all described. */
const strict = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  return all['properties'] === undefined || isOpen(all) ? all : { additionalProperties: false, ...all };
};
/** Findings carry what their analysis knows. */
const isOpen = ({ properties }: Record<string, unknown>): boolean =>
  Object.hasOwn(properties as object, 'confidence');

function problems(schema: JsonSchema, answer: unknown): unknown[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  // As it is printed and read again.
  ajv.validate(strict(schema) as object, JSON.parse(JSON.stringify(answer)));
  return (ajv.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const report = async (asked: Session) => {
  const heard = listening(asked);
  const summary = await runSummary(heard.session);
  return { summary, statements: heard.statements, answers: await askAnalyses(asked, ANALYSES) };
};

describe('real answers are what the schemas say', () => {
  test('report', async () => {
    const answer = reportAnswer(await report(session), true);
    expect(answer.analyses.some(({ holds }) => holds === 'yes')).toBe(true);
    expect(problems(SCHEMAS['report'], answer)).toEqual([]);
  });
  test('report and summary of a minimal run', async () => {
    session.close();
    session = await openSession(workspace.root, { run: 'r1' });
    const found = await report(session);
    expect(problems(SCHEMAS['report'], reportAnswer(found, false))).toEqual([]);
    expect(problems(SCHEMAS['run'], found.summary)).toEqual([]);
    session.close();
    session = await openSession(workspace.root);
  });
  test('diff', async () => {
    const answer = { run: session.run.id, ...(await drift(session, 'r1'))! };
    expect(answer.changes.length).toBeGreaterThan(0);
    expect(problems(SCHEMAS['diff'], answer)).toEqual([]);
  });
  test('dead, deps', async () => {
    const [dead, dependencies, imports] = (
      await askAnalyses(session, ANALYSES, {
        only: ['dead-code', 'unused-dependencies', 'never-used-imports'],
      })
    ).map((answer) => analysisJson(answer, false));
    expect(problems(SCHEMAS['dead'], dead)).toEqual([]);
    expect(problems(SCHEMAS['deps'], { dependencies, imports })).toEqual([]);
  });
  test('runs', async () => expect(problems(SCHEMAS['runs'], await listRuns(session.db))).toEqual([]));
  test('show', async () => {
    const answer = await showFunction(session, 'n');
    expect(answer.matches).toHaveLength(1);
    expect(problems(SCHEMAS['show'], answer)).toEqual([]);
  });
  test('show --call', async () => {
    const call = await findCall(session, 1, 2);
    expect(call?.name).toBe('n');
    expect(problems(SCHEMAS['call'], call)).toEqual([]);
  });
  test('query', async () => {
    const { columns, rows } = await sql(session, 'select * from call_tree');
    const objects = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
    expect(problems(SCHEMAS['query'], objects)).toEqual([]);
  });
  test('config', () =>
    expect(
      problems(SCHEMAS['config'], {
        file: null,
        settings: DEFAULTS,
        said: [],
        extend: { events: ['a/b'] },
        problems: ['x'],
      }),
    ).toEqual([]));
});

describe('a wrong answer is found', () => {
  test.each([
    ['a field that is not described', (answer: Record<string, unknown>) => ({ ...answer, more: 1 })],
    ['a field that is missing', ({ calls: _calls, ...rest }: Record<string, unknown>) => rest],
    ['another type', (answer: Record<string, unknown>) => ({ ...answer, calls: 'many' })],
  ])('%s', async (_what, spoil) => {
    const answer = reportAnswer(await report(session), false);
    expect(problems(SCHEMAS['report'], spoil(answer as unknown as Record<string, unknown>))).toHaveLength(1);
  });
});

describe('the configuration', () => {
  const schema = configurationSchema(SECTIONS);
  test.each([
    [{ record: { tier: 'edges', sample: 'auto', budget: 5 } }],
    [{ record: { sample: 2 } }],
    [{ record: { tier: 'fast' } }],
    [{ report: { rows: 1.5 } }],
    [{ retention: { keep: null }, query: { threads: 0 } }],
    [{ nothing: {} }],
    [{ report: { rowz: 1 } }],
  ])('%j: the schema and the check say the same', (given) => {
    expect(problems(schema, given).length > 0).toBe(checkSettings(given, SECTIONS).problems.length > 0);
  });
});

test.each([...Object.entries(SCHEMAS), ['intellimap.config', configurationSchema(SECTIONS)] as const])(
  'docs/schemas/%s.schema.json is up to date',
  (name, schema) => {
    const file = new URL(`../../../../../docs/schemas/${name}.schema.json`, import.meta.url);
    const there = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : 'no such file';
    expect(there, 'write it anew: npm run docs').toBe(`${JSON.stringify(schema, null, 2)}\n`);
  },
);

import { createRequire } from 'node:module';
import { afterEach, describe, expect, test } from 'vitest';
import { defineConfig } from '../../config/define.ts';
import { Kind, wordOf } from '@intellimap/probe/wire';
import {
  defineAnalysis,
  defineEvents,
  definePattern,
  defineStorage,
  namesOf,
  problemsOf,
  viewOfEvent,
} from './index.ts';
import { tellOnPage } from './page-events.ts';

const check = async () => [];
const analysis = { name: 'acme/slow', title: 'Slow', check };
const pattern = {
  name: 'acme/print',
  kind: 'anti',
  what: 'a',
  why: 'b',
  todo: 'c',
  severity: 1,
  nodes: ['CallExpression'],
  says: ['of print'],
  match: () => true,
} as const;
const nothing = async () => {};
const storage = { name: 'acme/bucket', put: nothing, list: check, get: nothing };
const field = { type: 'number', doc: 'What it comes to' } as const;
const kinds = { ordered: { doc: 'An order was taken', fields: { total: field } } };

test('what is made as it should be has no problems', () => {
  const all = [
    defineAnalysis(analysis),
    definePattern({ ...pattern, proof: { fact: 'ran again' } }),
    defineStorage(storage),
    defineEvents({ name: 'acme', events: kinds }),
    defineAnalysis(Object.freeze({ ...analysis })),
  ];
  expect(all.map(problemsOf)).toEqual([[], [], [], [], []]);
  expect(all.flatMap(namesOf)).toEqual([
    'analysis acme/slow',
    'pattern acme/print',
    'storage acme/bucket',
    'view events_acme_ordered',
    'analysis acme/slow',
  ]);
});

describe('what is wrong is said', () => {
  const events = (events: object) => ({ ...defineEvents({ name: 'acme', events: kinds }), events });
  const fields = (fields: object) => events({ ordered: { doc: 'x', fields } });
  test.each<[unknown, RegExp]>([
    [null, /^it is null/],
    ['acme', /^it is a string/],
    [{ ...analysis, extends: 1 }, /made by none of defineAnalysis/],
    [defineAnalysis({ ...analysis, name: 'slow' }), /its name is "slow"; .* as in "acme\/slow-sql"/],
    [defineAnalysis({ ...analysis, name: 'Acme/slow' }), /its name is "Acme\/slow"/],
    [defineAnalysis({ ...analysis, name: 'intellimap/slow' }), /"intellimap" is no name for others/],
    [defineAnalysis({ ...analysis, title: ' ' }), /title is a text/],
    [defineAnalysis({ ...analysis, check: 1 } as never), /check is a function/],
    [definePattern({ ...pattern, severity: 4 } as never), /severity is 1, 2 or 3/],
    [definePattern({ ...pattern, nodes: [] }), /nodes is a list of texts/],
    [
      definePattern({ ...pattern, proof: { fact: 'run' } } as never),
      /proof.fact is one of .*; did you mean "ran"\?/,
    ],
    [defineStorage({ ...storage, get: undefined } as never), /get is a function/],
    [events([]), /events is an object/],
    [events({ ordered: 1 }), /event ordered has doc and fields/],
    [events({ 'Or dered': { doc: 'x', fields: {} } }), /event "Or dered": small letters/],
    [fields({ 'a b': field }), /event ordered: field "a b": letters/],
    [fields({ Task_Id: field }), /field Task_Id is a column that each event has anyhow/],
    [
      fields({ total: { type: 'money', doc: 'x' } }),
      /field total has a type: text, number, integer, boolean/,
    ],
  ])('%#', (it, message) => expect(problemsOf(it).join('; ')).toMatch(message));
});

test('names of views', () => {
  expect(['shop/ordered', 'a-b/c-d'].map(viewOfEvent)).toEqual(['events_shop_ordered', 'events_a_b_c_d']);
});

describe('a program that tells events', () => {
  const diagnostics = createRequire(import.meta.url)(
    'node:diagnostics_channel',
  ) as typeof import('node:diagnostics_channel');
  const { emit } = defineEvents({ name: 'acme', events: kinds });
  const heard: unknown[] = [];
  const hear = (message: unknown): void => void heard.push(message);
  afterEach(() => diagnostics.unsubscribe('intellimap:event', hear));

  test('is heard by who listens, and nobody else', () => {
    emit('ordered', { total: 1 });
    diagnostics.subscribe('intellimap:event', hear);
    emit('ordered', { total: 2 });
    diagnostics.unsubscribe('intellimap:event', hear);
    emit('ordered', { total: 3 });
    expect(heard).toEqual([{ name: 'acme/ordered', values: { total: 2 } }]);
  });
});

describe('a page that tells events', () => {
  function recorder() {
    const notes: Record<string, unknown>[] = [];
    const words: number[][] = [];
    const takes: (() => void)[] = [];
    let id = 7;
    const thread = {
      note: (note: object) => void notes.push(note as never),
      number: () => ++id,
      atTake: (act: () => void) => void takes.push(act),
    };
    const mark = (...word: number[]): void => void words.push(word);
    const redaction = {
      isSecretName: (name: string) => name === 'password',
      shown: (text: string, _: string, max = 1e9) => text.replace('jane', '‹name›').slice(0, max),
      token: (rule: string) => `‹${rule}›`,
    };
    return { notes, words, takes, all: [thread, mark, redaction, () => 1000] as never };
  }

  test('is told with a word of the wire format, and without secrets', () => {
    const { all, notes, words } = recorder();
    const values = { total: 1.5, who: 'jane', password: 'x', card: 4, many: { a: 1 }, none: null, yes: true };
    tellOnPage(all, 'acme/ordered', values);
    expect(words).toEqual([[wordOf(Kind.TASK, 3), 8]]);
    expect(notes).toEqual([
      {
        t: 'event',
        id: 8,
        n: 1,
        name: 'acme/ordered',
        values: { total: 1.5, who: '‹name›', password: '‹secret›', card: 4, yes: true },
        micros: 1000,
      },
    ]);
  });

  test('is bounded: what is beyond is counted', () => {
    const { all, notes, takes } = recorder();
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, 'x'.repeat(400)]));
    for (let n = 0; n < 10_005; n++) tellOnPage(all, 'acme/a', n === 0 ? many : {});
    expect(notes).toHaveLength(10_000);
    const values = Object.values(notes[0]['values'] as Record<string, string>);
    expect([values.length, values[0].length]).toEqual([32, 300]);
    takes[0]();
    takes[0]();
    expect(notes.slice(10_000)).toEqual([{ t: 'event', n: 10_005 }]);
  });

  test('goes on when telling fails', () => {
    expect(() => tellOnPage([] as never, 'acme/a', {})).not.toThrow();
  });
});

/** Checked by the compiler alone. */
export function typesOfEvents(): void {
  const { emit } = defineEvents({
    name: 'acme',
    events: {
      ordered: { doc: 'x', fields: { total: field, note: { type: 'text', doc: 'x', optional: true } } },
    },
  });
  emit('ordered', { total: 1 });
  emit('ordered', { total: 1, note: 'a' });
  // @ts-expect-error -- a text is no number
  emit('ordered', { total: 'a' });
  // @ts-expect-error -- it is missing
  emit('ordered', {});
  // @ts-expect-error -- there is no such event
  emit('payed', {});
  const own = defineEvents({ name: 'acme', events: kinds });
  defineConfig({ extend: [own, defineAnalysis(analysis), './audit.js'] });
  // @ts-expect-error -- nothing made it
  defineConfig({ extend: [analysis] });
}

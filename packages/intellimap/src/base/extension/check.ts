/** Is what somebody handed in an extension? Sentences that say what is wrong with it. Pure; nothing of it is called. */
import { isRecord } from '../is-record.ts';
import { nearest } from '../nearest.ts';
import { FACTS } from '../proof.ts';
import type { Extension } from './define.ts';
import { viewOfEvent } from './events.ts';

/** `acme/slow-sql`; of events, whose names are made of it, `acme`. */
const NAME = /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/;
const NAMESPACE = /^[a-z0-9][a-z0-9-]*$/;
const FIELD = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names of our own. */
const RESERVED = 'intellimap';
/** Columns that views of events have anyhow. */
const EVENT_COLUMNS: readonly string[] = ['thread_id', 'event_id', 'at_us', 'function', 'call_id', 'task_id'];
const TYPES: readonly string[] = ['text', 'number', 'integer', 'boolean'];
const CONFIDENCE: readonly unknown[] = [undefined, 'certain', 'likely', 'possible'];

type Given = Record<string, unknown>;

/** By what they extend. */
const CHECKS: Record<Extension['extends'], (it: Given) => (string | false)[]> = {
  analysis: (it) => [
    !NAME.test(String(it['name'])) && badName(it, 'acme/slow-sql'),
    texts(it, 'title'),
    functions(it, 'check'),
    it['summarise'] !== undefined && functions(it, 'summarise'),
  ],
  pattern: (it) => [
    !NAME.test(String(it['name'])) && badName(it, 'acme/raw-sql'),
    ...['what', 'why', 'todo'].map((key) => texts(it, key)),
    !['design', 'anti'].includes(it['kind'] as string) && 'kind is "design" or "anti"',
    ![1, 2, 3].includes(it['severity'] as number) && 'severity is 1, 2 or 3',
    !CONFIDENCE.includes(it['confidence']) && 'confidence is "certain", "likely" or "possible"',
    lists(it, 'nodes'),
    lists(it, 'says'),
    functions(it, 'match'),
    it['told'] !== undefined && functions(it, 'told'),
    proofOf(it['proof']),
  ],
  events: (it) => [
    !NAMESPACE.test(String(it['name'])) && badName(it, 'acme'),
    functions(it, 'emit'),
    ...(isRecord(it['events'])
      ? [
          ...Object.entries(it['events']).flatMap(([name, kind]) => eventKind(name, kind)),
          twice(
            Object.keys(it['events']).map((name) => viewOfEvent(`${String(it['name'])}/${name}`)),
            'view',
          ),
        ]
      : ['events is an object of kinds by name']),
  ],
  storage: (it) => [
    !NAME.test(String(it['name'])) && badName(it, 'acme/bucket'),
    ...['put', 'list', 'get'].map((key) => functions(it, key)),
  ],
};

/** What is wrong with it; none: it is an extension. */
export function problemsOf(it: unknown): string[] {
  if (typeof it !== 'object' || it === null)
    return [`it is ${it === null ? 'null' : `a ${typeof it}`}, and no extension`];
  const given = it as Given;
  const kind = given['extends'];
  if (typeof kind !== 'string' || !Object.hasOwn(CHECKS, kind))
    return ['it was made by none of defineAnalysis, definePattern, defineEvents and defineStorage'];
  const name = String(given['name']);
  const reserved =
    (name === RESERVED || name.startsWith(`${RESERVED}/`)) && `"${RESERVED}" is no name for others`;
  return [...CHECKS[kind as Extension['extends']](given), reserved].filter((each) => each !== false);
}

/** Names that an extension takes: of events the views, too. No two may take the same. */
export const namesOf = (it: Extension): string[] =>
  it.extends === 'events'
    ? Object.keys(it.events).map((event) => `view ${viewOfEvent(`${it.name}/${event}`)}`)
    : [`${it.extends} ${it.name}`];

const badName = ({ name }: Given, example: string): string =>
  `its name is ${JSON.stringify(name)}; small letters, digits and dashes are wanted, as in "${example}"`;

const texts = (it: Given, key: string): string | false =>
  (typeof it[key] !== 'string' || it[key].trim() === '') && `${key} is a text`;
const functions = (it: Given, key: string): string | false =>
  typeof it[key] !== 'function' && `${key} is a function`;
const lists = (it: Given, key: string): string | false =>
  !(Array.isArray(it[key]) && it[key].length > 0 && it[key].every((each) => typeof each === 'string')) &&
  `${key} is a list of texts`;

function proofOf(proof: unknown): string | false {
  if (proof === undefined) return false;
  const fact = String((proof as Given | null)?.['fact']);
  if (Object.hasOwn(FACTS, fact)) return false;
  const guess = nearest(fact, Object.keys(FACTS));
  return `proof.fact is one of ${Object.keys(FACTS).join(', ')}${guess === undefined ? '' : `; did you mean "${guess}"?`}`;
}

function eventKind(name: string, kind: unknown): (string | false)[] {
  const fields = isRecord(kind) ? kind['fields'] : undefined;
  if (!isRecord(kind) || !isRecord(fields)) return [`event ${name} has doc and fields`];
  return [
    !NAMESPACE.test(name) && `event "${name}": small letters, digits and dashes are wanted`,
    texts(kind, 'doc') && `event ${name}: doc is a text`,
    // SQL tells no large letters from small ones.
    twice(
      Object.keys(fields).map((field) => field.toLowerCase()),
      `event ${name}: field`,
    ),
    ...Object.entries(fields).map(([field, of]) => {
      const problem = eventField(field, of);
      return problem !== false && `event ${name}: ${problem}`;
    }),
  ];
}

function twice(names: readonly string[], what: string): string | false {
  const other = names.find((name, at) => names.indexOf(name) < at);
  return other !== undefined && `${what} ${other} is there twice`;
}

function eventField(field: string, of: unknown): string | false {
  if (!FIELD.test(field)) return `field "${field}": letters, digits and _ are wanted`;
  if (EVENT_COLUMNS.includes(field.toLowerCase()))
    return `field ${field} is a column that each event has anyhow`;
  if (!isRecord(of) || !TYPES.includes(of['type'] as string))
    return `field ${field} has a type: ${TYPES.join(', ')}`;
  return texts(of, 'doc') && `field ${field}: doc is a text`;
}

/** What a route is: a question of the contract, what may be asked by, and who answers. */
import type { JsonSchema, Shape } from '../base/shape.ts';
import type { Session, Standing } from '../query/index.ts';
import type { Question, Questions } from './contract.ts';

/** What all routes have. */
export interface Context {
  readonly root: string;
  /** Of IntelliMap. */
  readonly version: string;
  /** By name: ours, and those that the workspace adds. */
  readonly analyses: Readonly<Record<string, unknown>>;
  readonly data: Standing;
}

export interface Route<Q extends Question> {
  /** Of what is asked by, for the query string. */
  ask: JsonSchema;
  /** The answer goes as `base/columns.ts` writes it. */
  columns?: true;
  answer(asked: Questions[Q]['ask'], context: Context): Promise<Questions[Q]['answer']>;
}

interface Field<T> {
  shape: Shape<T>;
  needed: boolean;
}

export const optional = <T>({ schema }: Shape<T>): Field<T | undefined> => ({
  shape: { schema },
  needed: false,
});
export const needed = <T>(shape: Shape<T>): Field<T> => ({ shape, needed: true });

/** All parameters of a question, and no others. */
export function asked<Ask extends object>(fields: {
  [Name in keyof Ask]-?: Field<Ask[Name]>;
}): JsonSchema {
  const entries = Object.entries(fields as Record<string, Field<unknown>>);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, { shape }]) => [name, bounded(shape.schema)])),
    required: entries.filter(([, field]) => field.needed).map(([name]) => name),
    additionalProperties: false,
  };
}

/** Numbers that are told apart from their neighbours; larger ones are none of a recording, nor of the database. */
const bounded = (schema: JsonSchema): JsonSchema =>
  schema['type'] === 'integer' || schema['type'] === 'number'
    ? { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...schema }
    : schema;

/** A question about one run. `slow`: it takes long, and keeps no other waiting. `text`: it is about the workspace's text, too. */
export const ofRun = async <T>(
  { data }: Context,
  { run }: { run?: string },
  question: (session: Session) => Promise<T>,
  wanted: { slow?: boolean; text?: boolean } = {},
): Promise<T> => await data.ask({ run, ...wanted }, question);

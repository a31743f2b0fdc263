/**
 * JSON Schemas (2020-12) from the types of the code: a shape of a type does not compile when the type has a field that it does not describe, or one
 * of another type. Pure.
 */

export type JsonSchema = { readonly [key: string]: unknown };

export interface Shape<T> {
  readonly schema: JsonSchema;
  /** For the compiler only: a shape of one type is no shape of another. */
  readonly of?: (value: T) => T;
}

const shape = <T>(schema: JsonSchema): Shape<T> => ({ schema });
const described = (type: string, doc?: string): JsonSchema => ({
  type,
  ...(doc === undefined ? {} : { description: doc }),
});

export const text = (doc?: string): Shape<string> => shape(described('string', doc));
/** Any number. */
export const number = (doc?: string): Shape<number> => shape(described('number', doc));
export const integer = (doc?: string): Shape<number> => shape(described('integer', doc));
/** A whole number from 0 on. */
export const count = (doc?: string): Shape<number> => shape({ ...described('integer', doc), minimum: 0 });
export const yesNo = (doc?: string): Shape<boolean> => shape(described('boolean', doc));
export const oneOf = <const Words extends readonly (string | number)[]>(
  words: Words,
  doc?: string,
): Shape<Words[number]> => shape({ enum: words, ...(doc === undefined ? {} : { description: doc }) });
export const list = <T>(of: Shape<T>, doc?: string): Shape<T[]> =>
  shape({ ...described('array', doc), items: of.schema });
/** Anything that JSON has. */
export const anything = <T = unknown>(doc?: string): Shape<T> =>
  shape(doc === undefined ? {} : { description: doc });
/** Names are data. */
export const record = <T>(of: Shape<T>, doc?: string): Shape<Record<string, T>> =>
  shape({ ...described('object', doc), additionalProperties: of.schema });

/** @param none what null means */
export function orNull<T>({ schema }: Shape<T>, none?: string): Shape<T | null> {
  const { description, ...rest } = schema;
  const doc = [description, none === undefined ? undefined : `null: ${none}`].filter(Boolean).join('; ');
  const wide =
    typeof rest['type'] === 'string' && rest['properties'] === undefined && rest['items'] === undefined
      ? { ...rest, type: [rest['type'], 'null'] }
      : { anyOf: [rest, { type: 'null' }] };
  return shape({ ...wide, ...(doc === '' ? {} : { description: doc }) });
}

/** All fields of a type. More may come with later versions. */
export function object<T extends object>(
  fields: { [Key in keyof T]-?: Shape<T[Key]> },
  doc?: string,
): Shape<T> {
  const entries = Object.entries(fields as Record<string, Shape<unknown>>);
  return shape({
    ...described('object', doc),
    properties: Object.fromEntries(entries.map(([name, each]) => [name, each.schema])),
    required: entries.map(([name]) => name),
  });
}

/** Two types in one: fields of the second beside those of the first. */
export function both<A, B>(a: Shape<A>, b: Shape<B>, doc?: string): Shape<A & B> {
  const [first, second] = [a.schema, b.schema] as { properties: object; required: string[] }[];
  return shape({
    ...described('object', doc),
    properties: { ...first.properties, ...second.properties },
    required: [...first.required, ...second.required],
  });
}

/** A schema as a file of its own. */
export const document = (name: string, title: string, { schema }: { schema: JsonSchema }): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `${name}.schema.json`,
  title,
  ...schema,
});

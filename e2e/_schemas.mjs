/** Whether what commands print is what docs/schemas say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** As somebody who reads them has it: more fields may come. @throws AssertionError */
export const valid = (name, answer) => check(schemaOf(name), answer);

/** And nothing is printed that is not described. @throws AssertionError */
export const described = (name, answer) => check(closed(schemaOf(name)), answer);

const schemaOf = (name) =>
  JSON.parse(readFileSync(new URL(`../docs/schemas/${name}.schema.json`, import.meta.url), 'utf8'));

function check(schema, answer) {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  assert.equal(ajv.validate(schema, answer), true, JSON.stringify(ajv.errors));
}

/** Fields that it does not name are refused. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return all.properties === undefined ? all : { additionalProperties: false, ...all };
}

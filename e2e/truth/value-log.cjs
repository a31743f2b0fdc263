/**
 * What a program of `value-programs.mjs` tells of its values. It runs inside of the program, but in `node_modules`, where nothing is
 * recorded. Values are written down as `shown` below makes them: by itself, not by the recorder's code.
 */
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');

const calls = [];

/** A value as its preview has to say it. Programs make only what this knows, small and without secrets. */
function shown(value) {
  if (typeof value === 'bigint') return { $: 'bigint', value: `${value}` };
  if (value === undefined) return { $: 'undefined' };
  if (Object.is(value, -0)) return { $: 'number', value: '-0' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', value: `${value}` };
  if (value instanceof Error) return { $: 'error', class: value.constructor.name, message: value.message };
  if (value instanceof Map)
    return { $: 'map', size: value.size, entries: [...value].map((entry) => entry.map(shown)) };
  if (Array.isArray(value))
    return Array.from(value, (item, at) => (at in value ? shown(item) : { $: 'hole' }));
  if (typeof value !== 'object' || value === null) return value;
  const props = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
  const name = Object.getPrototypeOf(value)?.constructor.name;
  return name === 'Object' ? props : { $: 'object', class: name, props };
}

/** A call begins, with these arguments; the rest is said by its number. */
exports.begin = (fn, given) => calls.push({ fn, given: shown(given), writes: [], thrown: [] }) - 1;
exports.returns = (call, value) => {
  calls[call].result = shown(value);
  return value;
};
exports.throws = (call, value) => {
  calls[call].thrown.push(shown(value));
  return value;
};
exports.wrote = (call, target, value) => void calls[call].writes.push([target, shown(value)]);

process.on('exit', () => writeFileSync(path.join(process.cwd(), 'values.json'), JSON.stringify(calls)));

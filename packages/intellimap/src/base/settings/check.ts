/** Is what somebody wrote a configuration? Every problem with its key path, the nearest known key, and what is allowed. Pure. */
import { isRecord } from '../is-record.ts';
import { nearest } from '../nearest.ts';
import type { Section, Setting } from './setting.ts';
import { AGE_FORM, ageOf, SIZE_FORM, sizeOf } from './units.ts';

export interface Checked {
  /** Section → setting → value: what was said, and the defaults. */
  settings: Record<string, Record<string, unknown>>;
  /** Key paths of what was said, e.g. `record.tier`. */
  said: Set<string>;
  /** A sentence each; empty: all is right. */
  problems: string[];
}

/** @param raw what a configuration file holds */
export function checkSettings(raw: unknown, sections: Record<string, Section>): Checked {
  const checked: Checked = { settings: {}, said: new Set(), problems: [] };
  for (const [name, section] of Object.entries(sections))
    checked.settings[name] = Object.fromEntries(
      Object.entries(section).map(([key, setting]) => [key, setting.default]),
    );
  if (!isRecord(raw)) {
    checked.problems.push(`an object is wanted, not ${shown(raw)}`);
    return checked;
  }
  for (const [name, given] of Object.entries(raw)) {
    // For editors: where the JSON Schema is.
    if (name === '$schema' || given === undefined) continue;
    if (Object.hasOwn(sections, name)) checkSection(name, given, sections[name], checked);
    else checked.problems.push(unknownKey(name, '', name, Object.keys(sections)) + elsewhere(name, sections));
  }
  return checked;
}

function checkSection(name: string, given: unknown, section: Section, checked: Checked): void {
  if (!isRecord(given)) {
    checked.problems.push(`${name} is ${shown(given)}; an object is wanted`);
    return;
  }
  for (const [key, value] of Object.entries(given)) {
    const path = `${name}.${key}`;
    if (!Object.hasOwn(section, key)) {
      checked.problems.push(unknownKey(path, `${name}.`, key, Object.keys(section)));
      continue;
    }
    if (value === undefined) continue;
    const wanted = wrong(value, section[key]);
    if (wanted !== undefined) {
      checked.problems.push(`${path} is ${shown(value)}; ${wanted}`);
      continue;
    }
    checked.settings[name][key] = value;
    checked.said.add(path);
  }
}

function unknownKey(path: string, prefix: string, key: string, known: string[]): string {
  const guess = nearest(key, known);
  const meant = guess === undefined ? '' : `; did you mean ${prefix}${guess}?`;
  return `${path} is not known${meant} (there is: ${known.join(', ')})`;
}

/** A setting that stands outside of its section. */
function elsewhere(key: string, sections: Record<string, Section>): string {
  const found = Object.entries(sections).find(([, section]) => Object.hasOwn(section, key));
  return found === undefined ? '' : `; perhaps ${found[0]}.${key} is meant`;
}

/** What is wanted in place of a value; undefined: it is right. */
export function wrong(value: unknown, setting: Setting): string | undefined {
  if (value === null && setting.default === null) return undefined;
  const wanted = allowed(setting);
  return fits(value, setting) ? undefined : `${wanted} is wanted`;
}

function fits(value: unknown, setting: Setting): boolean {
  if (setting.type === 'boolean') return typeof value === 'boolean';
  if (setting.type === 'strings')
    return Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (setting.type === 'number' && typeof value === 'number') return inRange(value, setting);
  if (setting.type === 'number' || setting.words !== undefined) return isOneOf(value, setting.words ?? []);
  if (typeof value !== 'string') return false;
  if (setting.form === 'age') return ageOf(value) !== undefined;
  return setting.form !== 'size' || sizeOf(value) !== undefined;
}

const isOneOf = (value: unknown, words: readonly string[]): boolean => words.some((word) => word === value);

const inRange = (value: number, { min, max, above, whole }: Setting & { type: 'number' }): boolean =>
  Number.isFinite(value) &&
  value >= (min ?? -Infinity) &&
  value <= (max ?? Infinity) &&
  value > (above ?? -Infinity) &&
  (whole !== true || Number.isInteger(value));

/** What a setting may be, in words: `one of "wait", "drop"`. */
export function allowed(setting: Setting): string {
  const none = setting.default === null ? ', or null' : '';
  return kindOf(setting) + none;
}

function kindOf(setting: Setting): string {
  if (setting.type === 'boolean') return 'true or false';
  if (setting.type === 'strings') return 'an array of strings';
  if (setting.type === 'number') return numberKind(setting);
  if (setting.words !== undefined) return `one of ${quoted(setting.words)}`;
  if (setting.form === 'age') return AGE_FORM;
  return setting.form === 'size' ? SIZE_FORM : 'a string';
}

function numberKind({ min, max, above, whole, words }: Setting & { type: 'number' }): string {
  const limits = [
    above !== undefined && `above ${above}`,
    min !== undefined && `from ${min} on`,
    max !== undefined && `up to ${max}`,
  ].filter(Boolean);
  const kind = `a ${whole ? 'whole ' : ''}number${limits.length > 0 ? ` ${limits.join(' and ')}` : ''}`;
  return words === undefined ? kind : `${kind}, or ${quoted(words)}`;
}

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

/** A value in a message: short, whatever it is. */
function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'nothing';
  const text = typeof value === 'bigint' ? `${value}n` : (jsonOf(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A configuration that is a program may hold what JSON does not: circles, big integers. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return 'an object';
  }
}

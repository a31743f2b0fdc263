/** The section `record` of a configuration as options of `intellimap run`; the command line wins. Pure. */
import type { Settings } from '../base/settings/index.ts';
import type { Call } from './command.ts';

type Values = Call['values'];
type RecordKey = keyof Settings['record'];

/** Options of another name, or that turn a switch off. */
const OPTIONS: Partial<Record<RecordKey, string>> = {
  valueBudget: 'value-budget',
  keepSlower: 'keep-slower',
  keepOn: 'keep-on',
  links: 'no-links',
  resources: 'no-resources',
  summary: 'no-summary',
};
/** On the command line they turn back what a configuration says. */
const BACK: Record<string, string> = {
  'no-gc': 'gc',
  links: 'no-links',
  resources: 'no-resources',
  summary: 'no-summary',
};
/** Options that the word `none` takes away. */
const TAKEN_BACK = new Set('budget flight keep-slower keep-on sample ring processes value-budget'.split(' '));
/** What settings ask for that these tiers record nothing of. */
const PLAIN_TIERS = new Set(['minimal', 't0', 'edges']);
const NEEDS_CALLS: RecordKey[] = ['values', 'state', 'redact', 'valueBudget', 'sample'];
const NEEDS_FLIGHT: RecordKey[] = ['keepSlower', 'keepOn'];

export interface Merged {
  values: Values;
  /** Settings that have no meaning beside what the command line says. */
  leftOut: RecordKey[];
}

/** @param said key paths that the configuration says */
export function mergeRecord(given: Values, settings: Settings['record'], said: ReadonlySet<string>): Merged {
  const keys = (Object.keys(settings) as RecordKey[]).filter((key) => said.has(`record.${key}`));
  const useless = new Set(uselessKeys(given));
  const leftOut = keys.filter((key) => useless.has(key));
  const values: Values = {};
  for (const key of keys.filter((each) => !useless.has(each))) {
    const value = optionValue(key, settings[key]);
    if (value !== undefined) values[OPTIONS[key] ?? key] = value;
  }
  for (const [option, value] of Object.entries(given)) {
    if (BACK[option] !== undefined) delete values[BACK[option]];
    else if (value === 'none' && TAKEN_BACK.has(option)) delete values[option];
    else if (option === 'redact') values[option] = [...list(values[option]), ...list(value)];
    else values[option] = value;
  }
  return { values, leftOut };
}

function uselessKeys(given: Values): RecordKey[] {
  const isPlain = PLAIN_TIERS.has(String(given['tier'] ?? '').toLowerCase());
  return [
    ...(isPlain ? NEEDS_CALLS : []),
    ...(given['no-links'] ? (['sample'] as const) : []),
    ...(given['flight'] === 'none' ? NEEDS_FLIGHT : []),
  ];
}

/** As `parseArgs` gives them; undefined: as by default. */
function optionValue(key: RecordKey, value: Settings['record'][RecordKey]): Values[string] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return undefined;
  if (key === 'links' || key === 'resources' || key === 'summary') return value === false ? true : undefined;
  if (typeof value === 'boolean') return value ? true : undefined;
  return Array.isArray(value) ? value.map(String) : String(value);
}

const list = (value: Values[string]): (string | boolean)[] => (value === undefined ? [] : [value].flat());

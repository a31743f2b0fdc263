/** A plan as text, for the next time. Pure. */
import { isRecord, jsonIn } from '../base/is-record.ts';
import { cardsIn, groupsIn, type Plan } from './plan.ts';

/** Plans of another version are made anew. */
const VERSION = 1;

export const planText = (plan: Plan): string => `${JSON.stringify({ version: VERSION, ...plan })}\n`;

/** null: it is no plan of this version, or one that nobody could draw. */
export function planIn(text: string): Plan | null {
  const json = jsonIn(text);
  if (!isRecord(json) || json.version !== VERSION || !isListOf(json.columns, isListOfGroups)) return null;
  const plan: Plan = { columns: json.columns };
  const keys = groupsIn(plan).map(({ folder }) => folder);
  const paths = groupsIn(plan).flatMap(cardsIn);
  const isPlain = groupsIn(plan).every(({ stacks }) => stacks.length > 0);
  return isPlain && isUnique(keys) && isUnique(paths) ? plan : null;
}

const isUnique = (all: readonly string[]): boolean => new Set(all).size === all.length;

const isListOf = <T>(value: unknown, is: (each: unknown) => each is T): value is T[] =>
  Array.isArray(value) && value.every(is);

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is string[] => isListOf(value, isText);

const isGroup = (value: unknown): value is Plan['columns'][number][number] =>
  isRecord(value) && isText(value.folder) && isTexts(value.wide) && isListOf(value.stacks, isTexts);

const isListOfGroups = (value: unknown): value is Plan['columns'][number] => isListOf(value, isGroup);

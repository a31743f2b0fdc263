/** A request of OTLP as it may be written down: tokens in place of what looks like a secret, and of values of attributes whose names say so. Pure, but for the counts. */
import { isRecord } from '../../base/is-record.ts';
import type { RuleCounts } from '../../base/redaction-counts.ts';
import { Refusal } from '../refusal.ts';

/** What the probe's redaction is, as far as it is asked here. */
export interface TextRedaction {
  isSecretName: (name: string) => boolean;
  shown: (text: string, where: string, max: number) => string;
  token: (rule: string, text: string, where: string) => string;
  readonly counts: RuleCounts;
  total: number;
}

/** For the counts. */
const WHERE = 'otlp';
/** Of what is read later, values may be nested 32 deep: two or three levels of JSON each. */
const MAX_DEPTH = 200;
/** Ids, times and numbers, which JSON has as texts. Changed they would be none, and none of them is a secret. */
const NO_TEXTS = /(?:Id|Nano|Counts?|Bounds)$|^(?:asInt|asDouble|count|doubleValue|kind|code|flags|severityNumber|aggregationTemporality)$/; // prettier-ignore

/** Changes the request. @throws Refusal when it is nested too deep */
export function redactRequest(request: Record<string, unknown>, redaction: TextRedaction): void {
  redactFields(request, redaction, 0);
}

function redactFields(fields: Record<string, unknown>, redaction: TextRedaction, depth: number): void {
  if (depth > MAX_DEPTH) throw new Refusal(400, `the request is nested more than ${MAX_DEPTH} deep`);
  const { key } = fields;
  const isSecret = typeof key === 'string' && isRecord(fields['value']) && redaction.isSecretName(key);
  for (const [name, value] of Object.entries(fields)) {
    if (isSecret && name === 'value') fields[name] = secretValue(value, redaction);
    else if (name === 'intValue') redactNumber(fields, redaction);
    else if (!NO_TEXTS.test(name)) fields[name] = redacted(value, redaction, depth + 1);
  }
}

function redacted(value: unknown, redaction: TextRedaction, depth: number): unknown {
  if (typeof value === 'string') return redaction.shown(value, WHERE, value.length);
  if (Array.isArray(value)) {
    if (depth > MAX_DEPTH) throw new Refusal(400, `the request is nested more than ${MAX_DEPTH} deep`);
    return value.map((each) => redacted(each, redaction, depth + 1));
  }
  if (isRecord(value)) redactFields(value, redaction, depth);
  return value;
}

/** All of it; nothing stays nothing. */
function secretValue(value: unknown, redaction: TextRedaction): unknown {
  const [told] = Object.values(value as object) as unknown[];
  if (told === undefined || told === '') return value;
  const text = typeof told === 'string' ? told : JSON.stringify(told);
  // What stands for it already stays.
  if (text.startsWith('‹') && text.endsWith('›')) return value;
  return { stringValue: redaction.token('secret', text, WHERE) };
}

/** Cards and the like are numbers, too; a token is none. */
function redactNumber(fields: Record<string, unknown>, redaction: TextRedaction): void {
  const text = String(fields['intValue']);
  const shown = redaction.shown(text, WHERE, text.length);
  if (shown === text) return;
  delete fields['intValue'];
  fields['stringValue'] = shown;
}

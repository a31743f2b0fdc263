/** Variants, and what no model foresees, as people read them. Pure. */
import {
  type Folded,
  type FunctionModel,
  MISFITS,
  type Part,
  stepText,
  type Variant,
} from '../graph/index.ts';
import type { ModelUnforeseen, ModelVariant } from './model-answer.ts';

/** @param calls of all variants */
export function variantAnswer(
  { parts, calls, end, p50, p95, thread, call }: Variant,
  name: (event: number) => string,
  all: number,
): ModelVariant {
  return {
    text: shown(parts, name) || '(nothing that is recorded)',
    end,
    calls,
    share: calls / Math.max(1, all),
    p50,
    p95,
    example: `${thread}:${call}`,
  };
}

const shown = (parts: readonly Part[], name: (event: number) => string): string =>
  parts.map((part) => ('event' in part ? name(part.event) : again(part.again, name))).join(' → ');

function again(parts: readonly Part[], name: (event: number) => string): string {
  const text = shown(parts, name);
  return parts.length === 1 && !text.includes(' ') ? `${text}+` : `(${text})+`;
}

export function unforeseenAnswer(
  model: FunctionModel,
  folded: Folded | null,
  name: (event: number) => string,
): ModelUnforeseen[] {
  return (folded?.unforeseen ?? []).map(({ why, step, event, times, calls, thread, call }) => ({
    why,
    isMisfit: (MISFITS as readonly string[]).includes(why),
    line: step < 0 ? null : model.at(model.flow.node[step]).line,
    text: step < 0 ? '' : stepText(model, step),
    seen: event < 0 ? '' : name(event),
    times,
    calls,
    example: `${thread}:${call}`,
  }));
}

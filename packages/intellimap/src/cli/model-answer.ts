/** What `intellimap model` says: what a function may do in which order, and how its recorded calls went. Plain data. */
import type { ComparedVariant, Outline, Variant } from '../graph/index.ts';
import type { ModelledFunction } from '../query/index.ts';

export const STEP_KINDS = ['call', 'await', 'yield', 'throw', 'catch', 'return'] as const;

/** Something that the function does. */
export interface ModelStep {
  /** Number, as in the outline and the transitions. */
  step: number;
  what: (typeof STEP_KINDS)[number];
  /** As it stands in the text, shortened. */
  text: string;
  line: number;
  /** Whom it may call, as the call graph knows. */
  targets: { id: string; name: string; kind: string; confidence: string }[];
  /** Whether recordings show it: calls of what is not recorded are not seen. */
  isSeen: boolean;
  /** How often it was seen, in how many of the calls, and what it took on average (ms; null: not known). */
  times: number;
  calls: number;
  meanMs: number | null;
}

export interface ModelTransition {
  from: number;
  to: number;
  step: number;
  /** How often calls went that way. */
  times: number;
}

export interface ModelAutomaton {
  /** The first is where it begins. */
  states: { returns: boolean; fails: boolean; returned: number; threw: number }[];
  transitions: ModelTransition[];
}

/** What happened that the model does not foresee. */
export interface ModelUnforeseen {
  why: string;
  /** It contradicts the model; all others are calls that the call graph does not know, with the reason. */
  isMisfit: boolean;
  line: number | null;
  text: string;
  /** What was seen. */
  seen: string;
  times: number;
  calls: number;
  /** One of these calls, for `show --call`. */
  example: string;
}

export interface ModelVariant extends Omit<Variant, 'parts' | 'thread' | 'call' | 'key'> {
  /** `validate → (reserve → await)+ → save` */
  text: string;
  /** 0 … 1, of all calls that are told. */
  share: number;
  example: string;
}

export interface ModelEvidence {
  run: string;
  /** Calls that were followed; of these, with a part missing, too different from each other to be told, and laid on the model. */
  calls: number;
  partial: number;
  beyond: number;
  folded: number;
  /** There were more calls than are followed. */
  isCut: boolean;
}

export interface ModelComparison {
  run: string;
  calls: number;
  variants: (Omit<ComparedVariant, 'variant'> & ModelVariant)[];
}

export interface ModelAnswer {
  function: ModelledFunction;
  steps: ModelStep[];
  outline: readonly Outline[];
  /** null: it would be too large. */
  automaton: ModelAutomaton | null;
  evidence: ModelEvidence | null;
  /** Why there is no evidence, or less than there could be; null: nothing is to be said. */
  note: string | null;
  variants: ModelVariant[];
  unforeseen: ModelUnforeseen[];
  against: ModelComparison | null;
}

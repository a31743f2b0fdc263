/** The order of a function and how its calls went, as `model --json` tells it. */
import { TRACE_ENDS } from '../../base/call-trace.ts';
import {
  anything,
  count,
  integer,
  list,
  number,
  object,
  oneOf,
  orNull,
  type Shape,
  text,
  yesNo,
} from '../../base/shape.ts';
import { CHANGES } from '../../graph/index.ts';
import {
  type ModelAnswer,
  type ModelAutomaton,
  type ModelComparison,
  type ModelEvidence,
  type ModelStep,
  type ModelTransition,
  type ModelUnforeseen,
  type ModelVariant,
  STEP_KINDS,
} from '../model-answer.ts';

const step = object<ModelStep>({
  step: integer('Its number, in the outline and in transitions.'),
  what: oneOf(STEP_KINDS),
  text: text('As it stands in the text, shortened.'),
  line: integer(),
  targets: list(
    object<ModelStep['targets'][number]>({
      id: text('call_edges.dst'),
      name: text(),
      kind: text('call_edges.dst_kind'),
      confidence: text('call_edges.confidence'),
    }),
    'Whom it may call, as the call graph knows.',
  ),
  isSeen: yesNo('Recordings show it: calls of what is not recorded are not seen.'),
  times: count('How often it was seen.'),
  calls: count('In how many of the calls.'),
  meanMs: orNull(number('ms'), 'not known'),
});

const automaton = object<ModelAutomaton>({
  states: list(
    object<ModelAutomaton['states'][number]>({
      returns: yesNo('The function may return there.'),
      fails: yesNo('An exception may leave it there.'),
      returned: count('Calls that did.'),
      threw: count('Calls that did.'),
    }),
    'It begins in the first.',
  ),
  transitions: list(
    object<ModelTransition>({
      from: count('Place in states.'),
      to: count('Place in states.'),
      step: integer('steps.step'),
      times: count('How often calls went that way.'),
    }),
  ),
});

const evidence = object<ModelEvidence>({
  run: text('runs.id'),
  calls: count('Calls that were followed.'),
  partial: count('Of these, with a part missing.'),
  beyond: count('Of these, too different from each other to be told.'),
  folded: count('Of these, laid on the model.'),
  isCut: yesNo('There were more than are followed.'),
});

const aVariant = {
  text: text('What happened: validate → (reserve → await)+ → save'),
  end: oneOf(TRACE_ENDS),
  calls: count(),
  share: number('0 to 1, of all calls that are told.'),
  p50: orNull(number('ms'), 'none of them ended'),
  p95: orNull(number('ms'), 'none of them ended'),
  example: text('One of these calls, for show --call.'),
};

const against = object<ModelComparison>({
  run: text('runs.id'),
  calls: count(),
  variants: list(
    object<ModelComparison['variants'][number]>({
      ...aVariant,
      change: oneOf(CHANGES),
      before: count('Calls in the run that is compared with.'),
      after: count('Calls in this run.'),
      shareBefore: number('0 to 1'),
      shareAfter: number('0 to 1'),
    }),
    'Largest difference first.',
  ),
});

export const modelAnswer: Shape<ModelAnswer> = object<ModelAnswer>({
  function: object<ModelAnswer['function']>({
    id: text('source_functions.ast_node_id'),
    name: text(),
    path: text(),
    line: integer(),
    kind: text('source_functions.kind'),
  }),
  steps: list(step, 'In the order of the text.'),
  outline: anything<ModelAnswer['outline']>(
    'The order as the text has it, a list of { type: step, step }, { type: choice, node, options: [{ node, parts }] }, { type: loop, node, parts }, { type: try, parts, handler, last }; parts are such lists again, nodes those of ast_nodes (-1: none).',
  ),
  automaton: orNull(automaton, 'it would be too large'),
  evidence: orNull(evidence, 'there is none: note says why'),
  note: orNull(text('Why there is no evidence, or less than there could be.'), 'nothing is to be said'),
  variants: list(object<ModelVariant>(aVariant), 'How calls went, most calls first.'),
  unforeseen: list(
    object<ModelUnforeseen>({
      why: text(),
      isMisfit: yesNo('It contradicts the text; all others are calls that the call graph does not know.'),
      line: orNull(integer(), 'no line is known'),
      text: text('What stands there.'),
      seen: text('What was seen.'),
      times: count(),
      calls: count('In how many of the calls.'),
      example: text('One of these calls, for show --call.'),
    }),
    'What happened that the text does not foresee.',
  ),
  against: orNull(against, 'no other run was given'),
});

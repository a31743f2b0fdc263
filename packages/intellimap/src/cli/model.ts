/** Makes the model of a function: its text read and ordered, what a run saw laid on it, and beside another run. */
import { join } from 'node:path';
import { Seen, type Trace } from '../base/call-trace.ts';
import { explainFileError, ExitCode, Fault } from '../base/fault.ts';
import {
  callPlaces,
  type CallPlaces,
  compareVariants,
  fold,
  type Folded,
  type FunctionModel,
  headText,
  modelOf,
  outlineOf,
  readSourceFile,
  type Variant,
  variantsOf,
} from '../graph/index.ts';
import { contentHash } from '../transform/index.ts';
import {
  callSequences,
  type CallSequences,
  modelCalls,
  type ModelCallee,
  type ModelledFunction,
  modelledRun,
  type Session,
} from '../query/index.ts';
import type { ModelAnswer, ModelComparison, ModelEvidence } from './model-answer.ts';
import { automatonAnswer } from './model-automaton.ts';
import { modelSteps } from './model-steps.ts';
import { unforeseenAnswer, variantAnswer } from './model-variants.ts';
import { wantedSteps } from './model-wanted.ts';

/** Calls of another run, with whom they called. */
export interface OtherRun<F extends ModelledFunction = ModelledFunction> {
  of: F;
  run: string;
  sequences: CallSequences;
  callees: Callees;
}

/** What a run saw of a function, to be compared with another one; a fault where it saw nothing. */
export async function otherRun<F extends ModelledFunction>(session: Session, of: F): Promise<OtherRun<F>> {
  const { id, name } = of;
  const sequences = await callSequences(session, id);
  if (sequences === undefined || sequences.calls === 0)
    throw new Fault(
      ExitCode.NOT_FOUND,
      `run ${session.run.id} has no recorded call of ${name}`,
      'see: intellimap runs',
    );
  const { callees } = await modelCalls(session, id);
  return { of, run: session.run.id, sequences, callees: calleesOf(callees) };
}

const calleesOf = (rows: readonly ModelCallee[]): Callees =>
  new Map(rows.map((each) => [each.id, { ...each, last: lastPart(each.name) }]));

const variants = ({ told, sequences }: CallSequences): Variant[] =>
  variantsOf(sequences, (event) => `${told[event].seen} ${told[event].id}`);

/**
 * @param all calls of what lies outside, too
 * @param other to compare with
 * @returns also the text of what decides at a node of the outline
 */
export async function makeModel(session: Session, of: ModelledFunction, all: boolean, other: OtherRun | null): Promise<{ answer: ModelAnswer; head: (node: number) => string }> {
  const model = readModel(session.db.root, of);
  const { edges, sites, callees: rows } = await modelCalls(session, of.id);
  const places = callPlaces(model, edges, sites);
  const callees = calleesOf(rows);
  const { sequences, note } = await recorded(session, of, model);
  const folded = sequences === null || note?.isChanged === true ? null : folding(model, places, callees, sequences);
  const wanted = wantedSteps(model, places, folded, all);
  const told = variantsAnswered(sequences, callees, model);
  const answer: ModelAnswer = {
    function: { id: of.id, name: of.name, path: of.path, line: of.line, kind: of.kind },
    steps: modelSteps(model, wanted, places, callees, folded),
    outline: outlineOf(model.tree, model.flow, (step) => wanted.includes(step)),
    automaton: automatonAnswer(model, wanted, folded),
    evidence: sequences && evidenceOf(session, sequences, folded),
    note: note?.text ?? null,
    variants: told,
    unforeseen: unforeseenAnswer(model, folded, (event) => nameOf(event, sequences!, callees, model)),
    against: sequences && other && comparison(sequences, other, callees, model),
  };
  return { answer, head: (node) => headText(model, node) };
} // prettier-ignore

/** @throws Fault: the text cannot be read, or has no such function any more */
function readModel(root: string, { id, path, name }: ModelledFunction): FunctionModel {
  const file = join(root, path);
  try {
    const model = modelOf(readSourceFile(file, path), id);
    if (model !== undefined) return model;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Fault(ExitCode.FAILED, code === undefined ? `${path}: ${(error as Error).message}` : explainFileError(error as NodeJS.ErrnoException, path));
  }
  throw new Fault(ExitCode.NOT_FOUND, `${name} is not in ${path} any more`, 'ask again: the text has changed meanwhile');
} // prettier-ignore

interface Note {
  text: string;
  /** What was recorded is not what the text says now. */
  isChanged?: boolean;
}

async function recorded(
  session: Session,
  { id, name }: ModelledFunction,
  model: FunctionModel,
): Promise<{ sequences: CallSequences | null; note: Note | null }> {
  const { hits, hash, textHash, isKnown, newest } = await modelledRun(session, id);
  const run = session.run.id;
  if (hits === 0) {
    const other = newest === null ? '' : `; run ${newest} called it (--run)`;
    const text = `${name} ${isKnown ? 'was not called in' : 'is not known to'} run ${run}${other}`;
    return { sequences: null, note: { text } };
  }
  const sequences = await callSequences(session, id);
  if (sequences === undefined || sequences.calls + sequences.partial === 0)
    return {
      sequences: null,
      note: {
        text: `run ${run} has no recording of single calls of ${name} (tier, plan, or it was imported)`,
      },
    };
  const isSame = model.hash === null ? textHash === contentHash(model.text) : hash === model.hash;
  if (isSame) return { sequences, note: null };
  const text = `${name} has changed since run ${run}: how its calls went is told, but not laid on the text of today`;
  return { sequences, note: { text, isChanged: true } };
}

type Callees = ReadonlyMap<string, ModelCallee & { last: string }>;

/** What calls name it by: `total` of `Cart.total`; nothing of what has no name of its own: `run callback`. */
const lastPart = (name: string): string => /^(?:[\w$#]+\.)*(#?[\w$]+)$/.exec(name)?.[1] ?? '';

function folding(model: FunctionModel, places: CallPlaces, callees: Callees, { told, sequences }: CallSequences): Folded {
  const numbers = new Map(told.flatMap(({ seen, id }, number) => (seen === Seen.CALL ? [[id, number] as const] : [])));
  const named = (id: string) => {
    const it = callees.get(id);
    return it && { ...it, name: it.last };
  };
  const known = { numberOf: (id: string) => numbers.get(id), byNumber: (fn: number) => named(told[fn].id), byId: named };
  const placed = told.map(({ seen, id }, number) => (seen === Seen.CALL ? number : (model.places.get(id) ?? -1)));
  return fold(model, places, known, sequences, ({ events, end }): Trace => ({
    seen: events.map((event) => told[event].seen),
    what: events.map((event) => placed[event]),
    end,
  }));
} // prettier-ignore

/** A function by its name, anything else as it stands in the text. */
function nameOf(event: number, { told }: CallSequences, callees: Callees, model: FunctionModel): string {
  const { seen, id } = told[event];
  if (seen === Seen.CALL) return callees.get(id)?.last || callees.get(id)?.name || id || '(unknown)';
  const node = model.places.get(id);
  const line = node === undefined ? '' : ` ${model.at(node).line}`;
  return `${seen === Seen.WAIT ? waitWord(id) : seen === Seen.THROW ? 'throw' : 'catch'}${line}`;
}

/** `…!await:x~0` */
const waitWord = (id: string): string => (/!(yield|for-await)/.exec(id)?.[1] ?? 'await').replace('for-', '');

const variantsAnswered = (sequences: CallSequences | null, callees: Callees, model: FunctionModel) =>
  sequences === null
    ? []
    : variants(sequences).map((each) =>
        variantAnswer(each, (event) => nameOf(event, sequences, callees, model), sequences.calls),
      );

const evidenceOf = ({ run }: Session, { calls, partial, beyond, isCut }: CallSequences, folded: Folded | null): ModelEvidence => ({
  run: run.id,
  calls,
  partial,
  beyond,
  folded: folded?.calls ?? 0,
  isCut,
}); // prettier-ignore

function comparison(sequences: CallSequences, other: OtherRun, callees: Callees, model: FunctionModel): ModelComparison {
  const here = variants(sequences);
  const known = new Set(here.map(({ key }) => key));
  const name = (event: number): string => nameOf(event, sequences, callees, model);
  const old = (event: number): string => nameOf(event, other.sequences, other.callees, model);
  return {
    run: other.run,
    calls: other.sequences.calls,
    variants: compareVariants(variants(other.sequences), here).map(({ variant, ...rest }) => ({
      ...rest,
      ...variantAnswer(variant, known.has(variant.key) ? name : old, sequences.calls),
    })),
  };
} // prettier-ignore

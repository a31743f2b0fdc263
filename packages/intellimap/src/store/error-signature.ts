/**
 * When two errors are the same one: a signature that stays when lines shift, variables are renamed or figures in the message change, and differs
 * when the error, what it says, where it was thrown or who asked for it differs. Pure.
 *
 * It is made of the name, the template of the message, the same of its causes, the place that threw and the two functions around it: the one that threw
 * and the next other one below it, which tells whose error a helper such as `assert` or `invariant` threw. More of the stack would make many
 * errors of one that many roads lead to.
 */
import { createHash } from 'node:crypto';
import { templateOf } from './message-template.ts';

/** Functions of the stack that count. */
export const SIGNED_FRAMES = 2;
/** Hex digits: with 10,000 errors, two have the same one with a chance of 1 to 5 million. */
const DIGITS = 12;

export interface ErrorFacts {
  name: string;
  message: string;
  /** `ast_node_id` of the throw statement, or of the catch clause that saw it first; null: unknown. */
  place: string | null;
  /** `ast_node_id`s of the functions on the stack, those of the program only, innermost first. */
  frames: readonly string[];
  /** What caused it, outermost first. */
  causes?: readonly { name: string; message: string }[];
}

export interface Signed {
  /** 12 hex digits. */
  signature: string;
  /** See `templateOf`. */
  template: string;
}

export function signed({ name, message, place, frames, causes = [] }: ErrorFacts): Signed {
  const template = templateOf(message);
  const facts = [
    name,
    template,
    place === null ? null : placeKey(place),
    withoutRepeats(frames.map(functionKey)).slice(0, SIGNED_FRAMES),
    ...causes.map((cause) => [cause.name, templateOf(cause.message)]),
  ];
  const signature = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, DIGITS);
  return { signature, template };
}

/** Recursion is one frame. */
const withoutRepeats = (frames: string[]): string[] => frames.filter((frame, at) => frame !== frames[at - 1]);

/**
 * A place without names of variables: `f!catch:error~0` → `f!catch~0`, `f!throw:err~0` → `f!throw~0`. What is thrown stays where its name
 * looks like that of a class: `f!throw:NotFoundError~0`.
 */
function placeKey(id: string): string {
  const [, around, kind, head, nth] = /^(.*)!(throw|catch):(.*)~(\d+)$/s.exec(id) ?? [];
  if (around === undefined) return functionKey(id);
  const isClass = kind === 'throw' && /^(?:[\w$]+\.)*[A-Z][\w$]+$/.test(head);
  return `${functionKey(around)}!${kind}${isClass ? `:${head}` : ''}~${nth}`;
}

/** Callbacks are known by the method they were given to, not by the variable before it: `lines.map@0` → `map@0`. */
const functionKey = (id: string): string =>
  id.replace(/(?<=[#/=])(?:[\w$]+(?:\[[^\]/]*\])?\.)+(?=[\w$#]+(?:\([^()/]*\))?@\d)/g, '');

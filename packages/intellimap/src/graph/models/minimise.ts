/** An automaton with as few states as can be: states from which the same may follow are one (Moore's algorithm: classes are split until they hold). Pure. */
import type { Automaton } from './automaton.ts';

/** @param made deterministic, and every state can be reached */
export function minimised(made: Automaton): Automaton {
  const out: number[][] = Array.from({ length: made.states }, () => []);
  for (let each = 0; each < made.from.length; each++) out[made.from[each]].push(each);
  for (const list of out) list.sort((a, b) => made.label[a] - made.label[b]);
  let classes = 0;
  let classOf: number[] = [...made.ends];
  for (;;) {
    const { next, count } = split(made, out, classOf);
    if (count === classes) break;
    classes = count;
    classOf = next;
  }
  return merged(made, classOf, classes);
}

/** States stay together that were, and whose transitions lead to the same classes. Classes are numbered in the order of their first state. */
function split(made: Automaton, out: readonly number[][], classOf: readonly number[]): { next: number[]; count: number } {
  const numbers = new Map<string, number>();
  const next = out.map((list, state) => {
    const key = `${classOf[state]};${list.map((each) => `${made.label[each]}>${classOf[made.to[each]]}`).join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  return { next, count: numbers.size };
} // prettier-ignore

function merged(made: Automaton, classOf: readonly number[], classes: number): Automaton {
  const ends = new Uint8Array(classes);
  const isDone = new Uint8Array(made.states);
  const seen = new Uint8Array(classes);
  for (let state = 0; state < made.states; state++) {
    const of = classOf[state];
    if (seen[of] === 1) continue;
    seen[of] = isDone[state] = 1;
    ends[of] = made.ends[state];
  }
  const kept = [...made.from.keys()].filter((each) => isDone[made.from[each]] === 1);
  return {
    states: classes,
    ends,
    from: Uint32Array.from(kept, (each) => classOf[made.from[each]]),
    to: Uint32Array.from(kept, (each) => classOf[made.to[each]]),
    label: Int32Array.from(kept, (each) => made.label[each]),
  };
}

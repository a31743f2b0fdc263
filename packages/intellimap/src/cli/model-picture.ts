/** The automaton of a function as Mermaid or DOT. Names are of the program: they are quoted, and nothing in them is markup. Pure. */
import { grouped } from './format.ts';
import type { ModelAnswer, ModelAutomaton, ModelStep } from './model-answer.ts';
import { printable } from './terminal.ts';

type Drawn = Pick<ModelAnswer, 'steps' | 'function' | 'evidence'> & { automaton: ModelAutomaton };

/** What a transition says: what happens, and how often it did. */
function labels({ steps, evidence, automaton }: Drawn): string[] {
  const byStep = new Map(steps.map((each) => [each.step, each]));
  const hasTimes = evidence !== null && evidence.folded > 0;
  return automaton.transitions.map(({ step, times }) => {
    const it: ModelStep | undefined = byStep.get(step);
    const seen = hasTimes && it?.isSeen === true ? `  ${grouped(times)}×` : '';
    return `${printable(it?.text ?? '')}${seen}`;
  });
}

const END_TEXT = { returned: 'returns', threw: 'throws' } as const;

/** Ways out of a state, with how often they were taken. */
function ends(automaton: ModelAutomaton): { state: number; end: keyof typeof END_TEXT; times: number }[] {
  return automaton.states.flatMap(({ returns, fails, returned, threw }, state) => [
    ...(returns ? [{ state, end: 'returned' as const, times: returned }] : []),
    // That anything may fail says little; that it did, much.
    ...(fails && (threw > 0 || !returns) ? [{ state, end: 'threw' as const, times: threw }] : []),
  ]);
}

export function mermaidOf(it: Drawn): string {
  const texts = labels(it);
  const hasTimes = it.evidence !== null && it.evidence.folded > 0;
  return [
    'flowchart TD',
    `  s0([${quotedMermaid(it.function.name)}])`,
    ...it.automaton.states.slice(1).map((_, state) => `  s${state + 1}(( ))`),
    `  returned([returns])`,
    `  threw([throws])`,
    ...it.automaton.transitions.map(({ from, to }, at) => `  s${from} -->|${quotedMermaid(texts[at])}| s${to}`),
    ...ends(it.automaton).map(({ state, end, times }) => `  s${state} -.${hasTimes ? `->|"${grouped(times)}×"|` : '->'} ${end}`),
  ].join('\n');
} // prettier-ignore

/** Entities in place of all that means something: to Mermaid, to HTML. */
const quotedMermaid = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} .,:_$×…/-]/gu, (char) => `#${char.codePointAt(0)};`)}"`;

export function dotOf(it: Drawn): string {
  const texts = labels(it);
  const hasTimes = it.evidence !== null && it.evidence.folded > 0;
  return [
    `digraph ${quotedDot(it.function.name)} {`,
    '  node [shape=circle, label="", width=0.2, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];',
    `  s0 [shape=box, label=${quotedDot(it.function.name)}];`,
    ...Object.entries(END_TEXT).map(([end, text]) => `  ${end} [shape=box, style=rounded, label=${quotedDot(text)}];`),
    ...it.automaton.transitions.map(({ from, to }, at) => `  s${from} -> s${to} [label=${quotedDot(texts[at])}];`),
    ...ends(it.automaton).map(({ state, end, times }) => `  s${state} -> ${end} [style=dashed${hasTimes ? `, label=${quotedDot(`${grouped(times)}×`)}` : ''}];`),
    '}',
  ].join('\n');
} // prettier-ignore

const quotedDot = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

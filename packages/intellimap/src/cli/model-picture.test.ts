/** Pictures of models: names of programs are text in them, whatever they say. */
import { expect, test } from 'vitest';
import type { ModelStep } from './model-answer.ts';
import { dotOf, mermaidOf } from './model-picture.ts';

const step: ModelStep = {
  step: 7,
  what: 'call',
  text: '"];x[label="<b>|a"](…)\u001b',
  line: 1,
  targets: [],
  isSeen: true,
  times: 3,
  calls: 3,
  meanMs: null,
};
const drawn = {
  function: { id: 'ts:a.js#f', name: 'f"]', path: 'a.js', line: 1, kind: 'function' },
  steps: [step],
  evidence: { run: 'r', calls: 3, partial: 0, beyond: 0, folded: 3, isCut: false },
  automaton: {
    states: [
      { returns: false, fails: true, returned: 0, threw: 1 },
      { returns: true, fails: true, returned: 2, threw: 0 },
    ],
    transitions: [{ from: 0, to: 1, step: 7, times: 3 }],
  },
};

test('Mermaid', () => {
  expect(mermaidOf(drawn)).toBe(
    [
      'flowchart TD',
      '  s0(["f#34;#93;"])',
      '  s1(( ))',
      '  returned([returns])',
      '  threw([throws])',
      '  s0 -->|"#34;#93;#59;x#91;label#61;#34;#60;b#62;#124;a#34;#93;#40;…#41;#92;u001b  3×"| s1',
      '  s0 -.->|"1×"| threw',
      '  s1 -.->|"2×"| returned',
    ].join('\n'),
  );
});

test('DOT', () => {
  expect(dotOf(drawn)).toContain('s0 -> s1 [label="\\"];x[label=\\"<b>|a\\"](…)\\\\u001b  3×"];');
  expect(dotOf(drawn)).toContain('s0 [shape=box, label="f\\"]"];');
});

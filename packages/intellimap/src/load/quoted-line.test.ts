import { describe, expect, test } from 'vitest';
import { isQuoting, withAuthorsLine } from './quoted-line.ts';

const lookup = {
  line: (script: string, line: number) => (script === '/a.cjs' && line === 2 ? '\tfail();' : undefined),
  column: (_script: string, _line: number, column: number) => column - 8,
};

describe('withAuthorsLine', () => {
  test('line and caret are those of the file', () => {
    const stack = '/a.cjs:2\n\t$imE(1);fail();\n\t        ^\n\nError: no\n    at fail';
    expect(isQuoting(stack)).toBe(true);
    const right = '/a.cjs:2\n\tfail();\n\t^\n\nError: no\n    at fail';
    expect(withAuthorsLine(stack, lookup)).toBe(right);
    expect(withAuthorsLine(right, lookup)).toBe(right);
  });

  test('other lines, and stacks that quote none, stay', () => {
    for (const stack of ['/a.cjs:1\nfail();\n^\n\nError: no', 'Error: no\n    at fail (/a.cjs:2:1)', ''])
      expect(withAuthorsLine(stack, lookup)).toBe(stack);
  });
});

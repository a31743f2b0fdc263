import { expect, test } from 'vitest';
import { MadeModules } from './made-modules.ts';

test('a text is made once for each file; of many edits, the last ones are remembered', () => {
  const modules = new MadeModules<string>();
  const made: string[] = [];
  const ask = (text: string, file = 'a.js'): void => {
    modules.once(text, file, () => {
      made.push(`${file} ${text}`);
      return text;
    });
  };
  for (const text of ['1', '1', '2', '1']) ask(text);
  ask('1', 'b.js');
  expect(made.splice(0)).toEqual(['a.js 1', 'a.js 2', 'b.js 1']);
  for (let edit = 3; edit < 1003; edit++) ask(String(edit));
  expect(made.splice(0)).toHaveLength(1000);
  for (const text of ['1002', '1001', '1', '1']) ask(text);
  expect(made).toEqual(['a.js 1']);
  expect(['a.js', 'b.js', 'c.js'].map((file) => modules.has(file))).toEqual([true, true, false]);
});

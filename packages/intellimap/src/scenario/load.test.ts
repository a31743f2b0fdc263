import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadScenario, nameOf, scenarioFiles } from './load.ts';
import { urlIn } from './server.ts';

const root = mkdtempSync(join(tmpdir(), 'scenarios-'));
afterAll(() => rmSync(root, { recursive: true }));

const FILES = {
  'scenarios/buy.mjs': 'export default () => "bought";',
  'scenarios/admin/refund.scenario.ts': 'const sum: number = 3; export default () => sum;',
  'scenarios/_shared.mjs': '',
  'scenarios/types.d.ts': '',
  'scenarios/notes.md': '',
  'more/buy.mjs': '',
  'more/none.mjs': 'export const other = 1;',
};
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const found = (...named: string[]): string[] =>
  scenarioFiles(root, root, named).map(({ name, file }) => `${name} ${file}`);

test('the folder scenarios is the default; what begins with _ is there to be imported', () => {
  expect(found()).toEqual(['refund scenarios/admin/refund.scenario.ts', 'buy scenarios/buy.mjs']);
  expect(found('more/none.mjs')).toEqual(['none more/none.mjs']);
});

test('two of one name, or none at all, are told', () => {
  expect(() => found('scenarios', 'more')).toThrow('two scenarios are called buy');
  expect(() => found('nowhere')).toThrow('there is no');
  expect(() => scenarioFiles(join(root, 'more'), root, [])).toThrow('there is no folder scenarios/');
});

test('names are those of files, as labels take them', () => {
  expect(['a/Check out!.scenario.mjs', '..x.ts', 'ä.ts'].map(nameOf)).toEqual(['Check-out', 'x', 'scenario']);
});

test('a scenario is what the file exports, typed or not', async () => {
  const [refund, buy] = scenarioFiles(root, root, []);
  expect((await loadScenario(refund))({} as never)).toBe(3);
  expect((await loadScenario(buy))({} as never)).toBe('bought');
  const [none] = scenarioFiles(root, root, ['more/none.mjs']);
  await expect(loadScenario(none)).rejects.toThrow('exports no scenario');
});

test.each([
  [
    '  \u001B[32m➜\u001B[39m  Local:   \u001B[36mhttp://localhost:\u001B[1m5173\u001B[22m/\u001B[39m\n',
    'http://localhost:5173',
  ],
  ['listening on http://0.0.0.0:80/\n', 'http://localhost:80'],
  ['see http://example.com:80\nhttp://127.0.0.1:8', undefined],
])('where a server says that it answers: %j', (text, url) => {
  expect(urlIn(text)).toBe(url);
});

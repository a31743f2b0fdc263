import { expect, test, vi } from 'vitest';

test('no option of a screen is one of another: what is looked for on the map filters no report', async () => {
  vi.stubGlobal('location', { search: '' });
  vi.stubGlobal('addEventListener', () => {});
  const screens = [
    await import('./map/model/items.ts'),
    await import('./compare/options.ts'),
    await import('./reports/options.ts'),
    await import('./query/options.ts'),
  ];
  const names = screens.flatMap(({ OPTION }): string[] => Object.values(OPTION));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

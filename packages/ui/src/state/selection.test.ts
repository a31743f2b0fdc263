import { beforeAll, expect, test, vi } from 'vitest';

/** What a browser has, and a test has not. */
function asInBrowser(search: string): void {
  vi.stubGlobal('location', { search });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('history', { pushState: () => {}, replaceState: () => {} });
}

let here: typeof import('./selection.ts');
beforeAll(async () => {
  asInBrowser('?screen=cinema&run=a&against=b&t=5&window=1-9&call=1.7&function=f&o.heat=calls');
  here = await import('./selection.ts');
});

test('an option is on, and off again; another value is the other one', () => {
  const { selection, toggle } = here;
  const form = (): string | undefined => selection.getState().options['form'];
  const seen = ['table', 'one', 'one'].map((value) => (toggle('form', value), form()));
  expect(seen).toEqual(['table', 'one', undefined]);
  expect(selection.getState().options).toEqual({ heat: 'calls' });
});

test('what is of one run does not go with another one', () => {
  here.lookAt('c');
  const { run, against, t, window, call, function: id } = here.selection.getState();
  expect({ run, against, t, window, call, id }).toEqual({
    run: 'c',
    against: 'b',
    t: null,
    window: null,
    call: null,
    id: 'f',
  });
});

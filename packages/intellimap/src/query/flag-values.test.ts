/** What properties held, in pictures: `$0f0` is what f was given, text 0 of those below. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Workspace } from '../store/fixtures/workspace.ts';
import { openSession, propertyValues } from './index.ts';

let workspace: Workspace;
beforeEach(() => void (workspace = new Workspace()));
afterEach(() => workspace.remove());

const given = (value: unknown, of?: object): string =>
  JSON.stringify({ n: '0settings', v: [value], ...(of && { t: of }) });
const TEXTS = [
  given({ features: { gift: true } }),
  given({ features: {} }),
  given({ $: 'object', class: 'Settings', props: { features: { gift: 'beta' } } }),
  // Nothing is known: left out, of a class that may have it, secret.
  given({ $: 'object', class: 'Settings', props: {} }),
  given({ $: 'object', size: 40, props: { a: 1 } }),
  given({ features: { gift: { $: 'redacted' } } }),
  given(1, { features: { gift: false } }),
]; // prettier-ignore

async function values(pictures: Record<string, string>, name: string): Promise<string[]> {
  for (const [id, picture] of Object.entries(pictures))
    workspace.run(id, { '7-0': [{ picture, values: { texts: TEXTS }, end: true }] });
  const session = await openSession(workspace.root);
  try {
    const found = await propertyValues(session, [
      { reader: 'ts:src/a.ts#f', name },
      { reader: 'ts:src/a.ts#f', name },
    ]);
    return (found.get(name) ?? []).map(({ value, reads, runs }) => `${value} ${reads} of ${runs}`);
  } finally {
    session.close();
  }
}
const calls = (...texts: number[]): string => `a{ ${texts.map((text) => `f{ $0f${text} }f`).join(' ')} }a`;

test('properties of arguments: this run, and how many runs saw it', async () => {
  expect(await values({ r1: calls(0), r2: calls(0, 0, 1, 2) }, 'settings.features.gift')).toEqual([
    'true 2 of 2',
    '"beta" 1 of 1',
    '{"$":"undefined"} 1 of 1',
  ]);
});
test('properties of this', async () => {
  expect(await values({ r1: calls(6, 0) }, 'this.features.gift')).toEqual(['false 1 of 1']);
});
test('what is not whole tells nothing', async () => {
  expect(await values({ r1: calls(3, 4, 5) }, 'settings.features.gift')).toEqual([]);
});
test('others of the same name are none', async () => {
  expect(await values({ r1: calls(0) }, 'config.features.gift')).toEqual([]);
});

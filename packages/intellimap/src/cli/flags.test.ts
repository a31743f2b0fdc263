import { expect, test } from 'vitest';
import { flagsWanted, withNamed } from './flags.ts';

test('variables that are flags, by their names; what is no word is not told, and secrets not at all', () => {
  const { flags } = flagsWanted(['isOn'], {
    SHOP_FLAG_GIFTS: '1', FEATURE_X: 'beta-2', FEATURES: 'a b', FF_LONG: 'x'.repeat(40), FEATURE_API_KEY: 'k1', HOME: '/root', FLAGSTONE: 'no', UNSET_FLAG: undefined, EMPTY_FLAG: '',
  }); // prettier-ignore
  expect(flags.environment).toEqual({
    EMPTY_FLAG: '', FEATURES: '(not told)', FEATURE_X: 'beta-2', FF_LONG: '(not told)', SHOP_FLAG_GIFTS: '1',
  }); // prettier-ignore
});

test('functions that are asked for flags, by their names', () => {
  const { pattern } = flagsWanted(['isOn', 'get.flag'], {});
  const asked = (name: string): boolean => new RegExp(pattern.name!).test(name);
  expect(['isOn', 'FeatureFlags.isOn', 'static FeatureFlags.isOn', 'get.flag'].map(asked)).toEqual([true, true, true, true]);
  expect(asked('Client.isOn result (__async callback)')).toBe(true);
  expect(['isOnline', 'unisOn', 'getXflag', 'isOn callback'].map(asked)).toEqual([false, false, false, false]);
}); // prettier-ignore

test('variables that texts name: values that mean on or off, or stand in the text; else only that they are set', () => {
  const environment = { A: 'true', B: 'alice', C: 'v2', D_TOKEN: '1', F_FLAG: 'x', E: '' };
  const { flags } = flagsWanted(['isOn'], environment);
  const named = new Set(['A', 'B', 'C', 'D_TOKEN', 'E', 'NOT_SET']);
  expect(withNamed(flags, { named, written: new Set(['C']) }, environment).environment).toEqual({
    A: 'true', B: '(not told)', C: 'v2', E: '', F_FLAG: 'x', NOT_SET: null,
  });
}); // prettier-ignore

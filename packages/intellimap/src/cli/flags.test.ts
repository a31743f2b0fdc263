import { expect, test } from 'vitest';
import { flagsWanted } from './flags.ts';

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

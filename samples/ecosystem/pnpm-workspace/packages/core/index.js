import round from '#round';
import semver from 'semver';
import { customAlphabet } from 'nanoid';

export { default as round } from '#round';
export const mean = (numbers) => round(numbers.reduce((a, b) => a + b, 0) / numbers.length);
export const newest = (versions) => semver.rsort([...versions]).at(0);
export const ids = (count) => Array.from({ length: count }, customAlphabet('a', 5));

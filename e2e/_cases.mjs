/** Suites whose cases are functions with a name that says what they show. */
import { consumer } from './_consumer.mjs';

/**
 * Runs them one after the other; one that throws has failed.
 * @param {Record<string, () => Promise<void>>} cases
 * @param {string[]} parts of names; none: all cases
 * @param {() => void} after each case, however it ended
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runCases(cases, parts, after = () => {}) {
  consumer();
  const counts = { passed: 0, failed: 0 };
  for (const [name, body] of Object.entries(cases)) {
    if (parts.length > 0 && !parts.some((part) => name.includes(part))) continue;
    const began = performance.now();
    try {
      await body();
      counts.passed += 1;
      console.log(`  ok    ${name}  (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      counts.failed += 1;
      console.log(`  FAIL  ${name}\n${error.stack}`);
    } finally {
      after();
    }
  }
  // A filter with a typing error must not look like a pass.
  if (counts.passed + counts.failed === 0) throw new Error(`no case is called like ${parts.join(', ')}`);
  return counts;
}

/** Plain results against recorded ones. Pure. */

/** A trace's places are compared by themselves: they say nothing about what the program did. */
const withoutStacks = (outcome) =>
  JSON.stringify(outcome, (key, value) => (key === 'stack' ? undefined : value));

export const isSame = (plain, recorded) => withoutStacks(plain.outcome) === withoutStacks(recorded.outcome);

/**
 * @returns {{same: number, different: object[], stacks: object[], failing: number, left: Map<string, number>}} `failing`: same,
 *   and the plain run did not do what the test asks for; `left`: texts that ran as they are, by reason (those that V8 refuses, too,
 *   are not counted)
 */
export function compareAll(runs, plainLog, log) {
  const found = { same: 0, different: [], stacks: [], failing: 0, left: new Map() };
  for (const run of runs) {
    const [plain, recorded] = [plainLog.get(run.id), log.get(run.id)];
    const pair = { run, plain: plain.outcome, recorded: recorded.outcome };
    if (recorded.left !== undefined && plain.outcome.name !== 'SyntaxError') {
      const reason = recorded.left.replace(/ \(\d+:\d+\)$/, '').slice(0, 60) || 'unknown';
      found.left.set(reason, (found.left.get(reason) ?? 0) + 1);
    }
    if (!isSame(plain, recorded)) {
      found.different.push(pair);
      continue;
    }
    found.same += 1;
    if (!passes(run, plain.outcome)) found.failing += 1;
    if (JSON.stringify(plain.outcome) !== JSON.stringify(recorded.outcome)) found.stacks.push(pair);
  }
  return found;
}

function passes({ negative, async }, { phase, printed, uncaught }) {
  if (negative) return phase !== 'done';
  if (phase !== 'done' || uncaught) return false;
  return !async || printed?.at(-1) === 'Test262:AsyncTestComplete';
}

/** Rows for a table: how many differences concern each feature, and in which mode. */
export function byFeature(different) {
  const rows = new Map();
  for (const { run } of different) {
    for (const feature of run.features.length > 0 ? run.features : ['(none)']) {
      const row = rows.get(feature) ?? {};
      const flag = run.async ? `${run.mode}, async` : run.mode;
      row[flag] = (row[flag] ?? 0) + 1;
      rows.set(feature, row);
    }
  }
  return rows;
}

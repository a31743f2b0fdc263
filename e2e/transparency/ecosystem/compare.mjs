/** What of two runs may differ, and where they do. Pure. */

/** @typedef {{ code: number|null, signal: string|null, stdout: string, stderr: string }} Outcome */

/**
 * @param {import('./projects.mjs').Project} project
 * @returns {(outcome: Outcome) => Record<'ending'|'stdout'|'stderr', string[]>} lines that must be the same in each run
 */
export function steadyOf({ normalise, anyOrder }) {
  const rules = normalise.map(([pattern, by]) => [new RegExp(pattern, 'gmu'), by]);
  const lines = (text) => {
    const steady = rules.reduce((sofar, [pattern, by]) => sofar.replace(pattern, by), text).split('\n');
    return anyOrder ? steady.toSorted() : steady;
  };
  return ({ code, signal, stdout, stderr }) => ({
    ending: [`exit code ${code}, signal ${signal}`],
    stdout: lines(stdout),
    stderr: lines(stderr),
  });
}

/** Says in which stream and line two runs part, with a few lines of each; undefined when they are the same. */
export function difference(expected, actual) {
  for (const stream of ['ending', 'stdout', 'stderr']) {
    const [a, b] = [expected[stream], actual[stream]];
    const at = a.findIndex((line, index) => line !== b[index]);
    if (at === -1 && a.length === b.length) continue;
    const line = at === -1 ? a.length : at;
    const show = (list, mark) =>
      list.slice(line, line + 4).map((text) => `    ${mark} ${text.slice(0, 300)}`);
    return [`${stream}, line ${line + 1}:`, ...show(a, '-'), ...show(b, '+')].join('\n');
  }
  return undefined;
}

/** Number of tests that an output counts as passed, or of its lines. */
export function sizeOf(outcome, counted) {
  const text = `${outcome.stdout}\n${outcome.stderr}`;
  if (counted === undefined) return `${outcome.stdout.split('\n').length - 1} lines`;
  const found = [...text.matchAll(new RegExp(counted, 'gmu'))];
  const total = found.reduce((sum, match) => sum + (match[1] === undefined ? 1 : Number(match[1])), 0);
  return `${total} tests`;
}

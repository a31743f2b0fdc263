/** Claims against truth: how many of the claims are true, and how much of the truth is claimed. */

export const KINDS = ['dead files', 'dead exports', 'dead internals', 'dead methods', 'unused dependencies', 'unlisted dependencies', 'unused imports']; // prettier-ignore

/**
 * @returns {Record<string, { found: number, wrong: string[], missed: string[], all: number } | null>} null: the tool does not look for it.
 * All kinds of functions share what is wrong, in `dead functions`, whose truth is what the tool looks for.
 */
export function score(truth, claims) {
  const dead = (kind) => truth.dead.filter((each) => each.kind === kind).map(({ key }) => key);
  const isFound = (key) => claims.functions.has(key) || [...claims.functions].some((claim) => claim.startsWith(`${key}.`) || key.startsWith(`${claim}.`)); // prettier-ignore
  const known = truth.dead.map(({ key }) => key);
  const isTrue = (claim) => known.some((key) => key === claim || claim.startsWith(`${key}.`)) || truth.deadFiles.includes(claim.split('#')[0]); // prettier-ignore
  const looked = truth.dead.filter(({ kind }) => (kind !== 'internal' || claims.internals) && (kind !== 'method' || claims.methods)).map(({ key }) => key); // prettier-ignore
  const functions = (kind, looks) => (looks ? part(dead(kind), isFound) : null);
  return {
    'dead files': sets(truth.deadFiles, claims.files),
    'dead exports': functions('export', true),
    'dead internals': functions('internal', claims.internals),
    'dead methods': functions('method', claims.methods),
    'dead functions': { ...part(looked, isFound), wrong: [...claims.functions].filter((claim) => !isTrue(claim)), claimed: claims.functions.size }, // prettier-ignore
    'unused dependencies': sets(truth.unusedDependencies, claims.unusedDependencies),
    'unlisted dependencies': sets(truth.unlisted, claims.unlisted),
    'unused imports': sets(truth.unusedImports, claims.unusedImports),
  };
}

function part(all, isFound) {
  const missed = all.filter((key) => !isFound(key));
  return {
    all: all.length,
    found: all.length - missed.length,
    missed,
    wrong: [],
    claimed: all.length - missed.length,
  };
}

function sets(all, claimed) {
  if (claimed === null) return null;
  return {
    ...part(all, (key) => claimed.has(key)),
    wrong: [...claimed].filter((key) => !all.includes(key)),
    claimed: claimed.size,
  };
}

/** Scores of several repositories as one. */
export function total(scores) {
  const sum = {};
  for (const each of scores)
    for (const [kind, value] of Object.entries(each)) {
      if (value === null) sum[kind] ??= null;
      else {
        const known = (sum[kind] ??= { all: 0, found: 0, claimed: 0, missed: [], wrong: [] });
        for (const field of ['all', 'found', 'claimed']) known[field] += value[field];
        known.missed.push(...value.missed);
        known.wrong.push(...value.wrong);
      }
    }
  return sum;
}

/** Shares of 0 … 1; null: nothing to measure. */
export const recall = (value) => (value === null || value.all === 0 ? null : value.found / value.all);
export const precision = (value) =>
  value === null || value.claimed === 0 ? null : 1 - value.wrong.length / value.claimed;

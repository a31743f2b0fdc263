/**
 * The program sees its own environment: our variables and our part of NODE_OPTIONS are taken out before it starts and
 * put back for every child and worker that is to be recorded too.
 *
 *   INTELLIMAP_RUN           absolute run folder; nothing happens without it
 *   INTELLIMAP_NODE_OPTIONS  the NODE_OPTIONS the user had; absent when there were none
 *   INTELLIMAP_*             all else: tier, policy, and what the loader wants to know
 */
export interface OwnEnvironment {
  /** Our flags in NODE_OPTIONS. */
  options: string;
  /** INTELLIMAP_* but INTELLIMAP_NODE_OPTIONS. */
  variables: Record<string, string>;
}

const PREFIX = 'INTELLIMAP_';
export const RUN = 'INTELLIMAP_RUN';
/** Set in what a process of the run starts. */
export const CHILD = 'INTELLIMAP_CHILD';
const USER_OPTIONS = 'INTELLIMAP_NODE_OPTIONS';

type Environment = Record<string, string | undefined>;

/** Takes what is ours out of `env`; undefined when it holds no recording. */
export function hideOwn(env: Environment): OwnEnvironment | undefined {
  if (!env[RUN]) return undefined;
  const variables: Record<string, string> = {};
  const users = env[USER_OPTIONS];
  const options = ownOptions(env['NODE_OPTIONS'] ?? '', users ?? '');
  for (const name of Object.keys(env)) {
    if (!name.startsWith(PREFIX)) continue;
    if (name !== USER_OPTIONS) variables[name] = env[name]!;
    delete env[name];
  }
  if (users !== undefined) env['NODE_OPTIONS'] = users;
  else if (options !== '') delete env['NODE_OPTIONS'];
  return { options, variables };
}

function ownOptions(all: string, users: string): string {
  if (users !== '' && all.endsWith(users)) return all.slice(0, -users.length).trim();
  return all === users ? '' : all.trim();
}

/**
 * A copy of `env` for a child, with ours added. Inherited keys count, as they do for Node. An environment that names a
 * recording already belongs to another `intellimap run` and stays as it is.
 */
export function withOwn(env: Environment, own: OwnEnvironment): Environment {
  const result: Environment = {};
  for (const name in env) result[name] = env[name];
  if (result[RUN] !== undefined) return result;
  const users = result['NODE_OPTIONS'];
  if (users !== undefined) result[USER_OPTIONS] = users;
  if (own.options !== '') result['NODE_OPTIONS'] = users ? `${own.options} ${users}` : own.options;
  return Object.assign(result, own.variables);
}

/** The same for `NAME=value` pairs. */
export function pairsWithOwn(pairs: readonly string[], own: OwnEnvironment): string[] {
  const result = [...pairs];
  if (result.some((pair) => pair.startsWith(`${RUN}=`))) return result;
  const at = result.findIndex((pair) => pair.startsWith('NODE_OPTIONS='));
  const users = at < 0 ? undefined : result[at].slice('NODE_OPTIONS='.length);
  if (own.options !== '') {
    const merged = `NODE_OPTIONS=${users ? `${own.options} ${users}` : own.options}`;
    if (at < 0) result.push(merged);
    else result[at] = merged;
  }
  if (users !== undefined) result.push(`${USER_OPTIONS}=${users}`);
  for (const [name, value] of Object.entries(own.variables)) result.push(`${name}=${value}`);
  return result;
}

/** Runs `action` while `env` shows ours, for callees that read the environment themselves. */
export function whileShown<T>(env: Environment, own: OwnEnvironment, action: () => T): T {
  const before: Environment = {};
  const shown = withOwn({ NODE_OPTIONS: env['NODE_OPTIONS'] }, own);
  for (const [name, value] of Object.entries(shown)) {
    before[name] = env[name];
    if (value !== undefined) env[name] = value;
  }
  try {
    return action();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  }
}

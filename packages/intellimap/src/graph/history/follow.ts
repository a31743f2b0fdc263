/**
 * A function through the past, newest first: the commits that made, edited, renamed, moved or removed it.
 *
 * Only commits that changed its file are looked at, and of each only that file, unless the function came from somewhere else. Where it did, the file that it
 * came from is followed from there. A merge that took the function as one side had it tells nothing, and only that side is followed.
 */
import { BROKEN, lastWord, type PastFile, type PastFunction } from './functions.ts';
import { said } from './git.ts';
import { type Commit, logOf } from './log.ts';
import type { Pair, Reason } from './matching.ts';
import { predecessorIn, successorIn, wherefrom, whereto } from './predecessor.ts';
import { parsed, type Repository } from './repository.ts';
import { type Happening, whatHappened } from './what-happened.ts';

export interface HistoryEvent {
  /** null: it is in the work tree, and not committed. */
  commit: Omit<Commit, 'parents'> | null;
  what: Happening[];
  /** As it is since then; of one that was removed, as it was. */
  function: PastFunction;
  /** As it was before, where that is known. */
  before: PastFunction | null;
  /** How it was known again; null: it was not there before. */
  reason: Reason | null;
  score: number | null;
  /** Ids that it had from then on, as long as nothing else happened. */
  ids: string[];
}

/** What is looked for in a commit. */
interface Target {
  id: string;
  /** False: it is gone by then, and was there before, perhaps. */
  isThere: boolean;
  /** All ids since the event that is told next. */
  ids: Set<string>;
  /** The last version that could be parsed, where those since cannot: the next one is compared with that. */
  newer?: Version;
}

interface Version {
  commit: Commit;
  file: PastFile;
  function: PastFunction;
}

/** Where a walk along one file begins. */
interface Leg {
  from: string;
  path: string;
  target: Target;
}

export interface FollowOptions {
  /** Told how many commits were looked at. */
  onProgress?: (commits: number) => void;
}

/**
 * @param wanted a function of the work tree, or one that was removed; of an id that somebody had once, `presentOf` says who that is
 */
export async function* follow(
  repository: Repository,
  wanted: { id: string; path: string },
  options: FollowOptions = {},
): AsyncGenerator<HistoryEvent> {
  const legs: Leg[] = [];
  const start = await uncommitted(repository, wanted, legs);
  if (start.event !== null) yield start.event;
  const progress = { commits: 0, tell: options.onProgress };
  const walked = new Set<string>();
  for (let leg = legs.shift(); leg !== undefined; leg = legs.shift()) {
    const key = `${leg.from} ${leg.target.id}`;
    if (walked.has(key)) continue;
    walked.add(key);
    yield* alongFile(repository, leg, legs, progress);
  }
}

/** What the work tree has that its commit has not. */
async function uncommitted(
  repository: Repository,
  { id, path }: { id: string; path: string },
  legs: Leg[],
): Promise<{ event: HistoryEvent | null }> {
  const { head } = repository;
  const now = repository.now(path);
  const here = now?.functions.find((one) => one.id === id);
  const push = (target: Target, at = path): void => void legs.push({ from: head, path: at, target });
  const committed = parsed(await repository.at(head, path));
  if (now === null || here === undefined) {
    const isThere = committed?.functions.some((one) => one.id === id) ?? false;
    push({ id, isThere, ids: new Set([id]) });
    return { event: null };
  }
  const pair = predecessorIn(committed, now, here) ?? (await wherefrom(repository, head, null, here));
  if (pair === null) return { event: eventOf(null, here, null, new Set([id])) };
  const what = whatHappened(pair);
  const ids = what.length === 0 ? new Set([id, pair.old]) : new Set([pair.old]);
  push({ id: pair.old, isThere: true, ids }, pair.from.path);
  return { event: what.length === 0 ? null : eventOf(null, here, pair, new Set([id])) };
}

async function* alongFile(
  repository: Repository,
  leg: Leg,
  legs: Leg[],
  progress: { commits: number; tell: FollowOptions['onProgress'] },
): AsyncGenerator<HistoryEvent> {
  const targets = new Map<string, Target>();
  let isFirst = true;
  for await (const commit of logOf(repository.root, leg.from, leg.path)) {
    if (isFirst) targets.set(commit.id, leg.target);
    isFirst = false;
    const target = targets.get(commit.id);
    if (target === undefined) continue;
    targets.delete(commit.id);
    progress.tell?.(++progress.commits);
    const step = target.isThere ? stepBack : stepGone;
    const { event, parents, elsewhere } = await step(repository, commit, leg.path, target);
    if (event !== null) yield event;
    for (const [parent, next] of parents) if (!targets.has(parent)) targets.set(parent, next);
    legs.push(...elsewhere);
    if (targets.size === 0) return;
  }
}

interface Step {
  event: HistoryEvent | null;
  /** What is looked for in older commits of this file. */
  parents: [string, Target][];
  /** Files that it came from. */
  elsewhere: Leg[];
}

/** The function is there after the commit: who was it before? */
async function stepBack(repository: Repository, commit: Commit, path: string, target: Target): Promise<Step> {
  const version = target.newer ?? (await versionAt(repository, commit, path, target.id));
  // Nothing can be said of this commit: it goes on as if it were not there.
  if (version === null)
    return { event: null, parents: commit.parents.map((parent) => [parent, target]), elsewhere: [] };
  const found: [string, Pair][] = [];
  const broken: [string, Target][] = [];
  for (const parent of commit.parents) {
    const old = await repository.at(parent, path);
    if (old === BROKEN) broken.push([parent, { ...target, newer: version }]);
    const pair = predecessorIn(parsed(old), version.file, version.function);
    if (pair !== null) found.push([parent, pair]);
  }
  const same = found.find(([, pair]) => whatHappened(pair).length === 0);
  if (same !== undefined)
    return { event: null, parents: [[same[0], passOn(target, same[1])]], elsewhere: [] };
  if (found.length > 0) {
    const event = eventOf(version.commit, version.function, found[0][1], target.ids);
    return { event, parents: found.map(([parent, { old }]) => [parent, there(old)]), elsewhere: [] };
  }
  if (broken.length > 0) return { event: null, parents: broken, elsewhere: [] };
  return await cameFrom(repository, commit, version, target);
}

async function versionAt(
  repository: Repository,
  commit: Commit,
  path: string,
  id: string,
): Promise<Version | null> {
  const file = parsed(await repository.at(commit.id, path));
  const here = file?.functions.find((one) => one.id === id);
  return file === null || here === undefined ? null : { commit, file, function: here };
}

/** It is in no older version of the file: it was made, or came from another one. */
async function cameFrom(
  repository: Repository,
  at: Commit,
  { commit, function: here }: Version,
  target: Target,
): Promise<Step> {
  const parent = await said(repository.root, 'rev-parse', '--verify', '--quiet', `${at.id}^1`);
  const pair = parent === null ? null : await wherefrom(repository, parent, at.id, here);
  if (parent === null || pair === null) {
    const gone: Target = { id: here.id, isThere: false, ids: new Set([here.id]) };
    return {
      event: eventOf(commit, here, null, target.ids),
      parents: at.parents.map((each) => [each, gone]),
      elsewhere: [],
    };
  }
  const what = whatHappened(pair);
  const next = what.length === 0 ? passOn(target, pair) : there(pair.old);
  return {
    event: what.length === 0 ? null : eventOf(commit, here, pair, target.ids),
    parents: [],
    elsewhere: [{ from: parent, path: pair.from.path, target: next }],
  };
}

/** The function is not there after the commit: was it before? */
async function stepGone(repository: Repository, commit: Commit, path: string, target: Target): Promise<Step> {
  const now = parsed(await repository.at(commit.id, path));
  const parents: [string, Target][] = [];
  for (const parent of commit.parents) {
    const mayBe = await repository.mentions(parent, path, lastWord(target.id));
    const old = mayBe ? parsed(await repository.at(parent, path)) : null;
    const was = old?.functions.find((one) => one.id === target.id);
    if (old === null || was === undefined) {
      parents.push([parent, target]);
      continue;
    }
    const pair = successorIn(old, now, was) ?? (await whereto(repository, `${commit.id}^1`, commit.id, was));
    if (pair === null)
      return {
        event: { ...eventOf(commit, was, null, target.ids), what: ['removed'], before: was },
        parents: [[parent, there(target.id)]],
        elsewhere: [],
      };
    // Otherwise, somebody else has its history.
  }
  return { event: null, parents, elsewhere: [] };
}

const there = (id: string): Target => ({ id, isThere: true, ids: new Set([id]) });

/** Nothing happened to it, but its id may have another number. */
function passOn({ ids }: Target, { old }: Pair): Target {
  ids.add(old);
  return { id: old, isThere: true, ids };
}

function eventOf(
  commit: Commit | null,
  here: PastFunction,
  pair: Pair | null,
  ids: Set<string>,
): HistoryEvent {
  const { parents: _, ...facts } = commit ?? { parents: [] };
  return {
    commit: commit === null ? null : (facts as Omit<Commit, 'parents'>),
    what: pair === null ? ['made'] : whatHappened(pair),
    function: here,
    before: pair?.from ?? null,
    reason: pair?.reason ?? null,
    score: pair?.score ?? null,
    ids: [...ids],
  };
}

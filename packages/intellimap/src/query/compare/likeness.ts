/** Whether two runs can be compared, point by point, in words. Pure. */
import type { Pair } from '../drift/change.ts';
import type { RunRow } from '../session.ts';

export interface Likeness {
  what: 'command' | 'code' | 'machine' | 'load' | 'tier' | 'completeness';
  /** `same` · `differs`: as a change may be meant to, or that takes weight from what is found: then `isDoubt` · `unknown`. */
  verdict: 'same' | 'differs' | 'unknown';
  isDoubt: boolean;
  /** A sentence without its final stop. */
  says: string;
}

/** Runs of which all took so many times as long are told to have run on a machine that was busy otherwise. */
const OTHER_PACE = 1.25;

/** @param pace how many times as long own times are in the middle; null: too few are known */
export function likenessOf(now: RunRow, before: RunRow, pair: Pair, pace: number | null): Likeness[] {
  return [
    commandOf(now, before),
    codeOf(now, before),
    machineOf(now, before),
    loadOf(pace),
    tierOf(now, before),
    completenessOf(pair),
  ];
}

const same = (what: Likeness['what'], says: string): Likeness => ({
  what,
  verdict: 'same',
  isDoubt: false,
  says,
});
const doubt = (what: Likeness['what'], says: string): Likeness => ({
  what,
  verdict: 'differs',
  isDoubt: true,
  says,
});
const unknown = (what: Likeness['what'], says: string): Likeness => ({ what, verdict: 'unknown', isDoubt: false, says }); // prettier-ignore

function commandOf(now: RunRow, before: RunRow): Likeness {
  if (now.command === before.command) return same('command', `both ran ${words(now.command)}`);
  return doubt('command', `commands differ: ${words(before.command)} before, ${words(now.command)} now`);
}

const words = (command: string): string => (JSON.parse(command) as string[]).join(' ');

/** Another commit is what one compares for: no doubt. */
function codeOf(now: RunRow, before: RunRow): Likeness {
  if (now.commit === null || before.commit === null)
    return unknown('code', 'there is no git: which code ran is told by its functions alone');
  const uncommitted = now.dirty === true || before.dirty === true ? ', with changes that were not committed' : '';
  if (now.commit === before.commit)
    return { what: 'code', verdict: uncommitted === '' ? 'same' : 'unknown', isDoubt: false, says: `the same commit ${short(now.commit)}${uncommitted}` };
  return { what: 'code', verdict: 'differs', isDoubt: false, says: `commit ${short(before.commit)} before, ${short(now.commit)} now${uncommitted}` };
} // prettier-ignore

const short = (commit: string): string => commit.slice(0, 8);

function machineOf(now: RunRow, before: RunRow): Likeness {
  const [a, b] = [now, before].map(({ env }) => (env === null ? {} : (JSON.parse(env) as Record<string, unknown>)));
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const others = names.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
  if (others.length === 0) return same('machine', names.map((name) => `${name} ${plain(a[name])}`).join(', '));
  const told = others.map((name) => `${name} ${plain(b[name])} before, ${plain(a[name])} now`);
  return doubt('machine', told.join('; '));
} // prettier-ignore

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'unknown');

function loadOf(pace: number | null): Likeness {
  if (pace === null)
    return unknown('load', 'how busy the machine was is not known: too few functions were timed often');
  const factor = pace >= 1 ? pace : 1 / pace;
  const told = `functions took ${factor.toFixed(2)} times as ${pace >= 1 ? 'long' : 'short'} in the middle`;
  if (factor < OTHER_PACE) return same('load', `the machine was about as busy: ${told}`);
  return doubt('load', `the machine was ${pace >= 1 ? 'busier' : 'less busy'}: ${told}, which is taken into account`);
} // prettier-ignore

function tierOf(now: RunRow, before: RunRow): Likeness {
  if (now.tier === before.tier) return same('tier', `both of tier ${now.tier}`);
  return doubt('tier', `tiers differ: ${before.tier} before, ${now.tier} now`);
}

function completenessOf({ now, before }: Pair): Likeness {
  if (now.isWhole && before.isWhole) return same('completeness', 'both recordings are complete');
  const which = now.isWhole ? 'the other run' : before.isWhole ? 'this run' : 'both runs';
  return doubt('completeness', `part of ${which} is missing (sampled, let go, lost or cut off)`);
}

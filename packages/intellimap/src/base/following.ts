/**
 * What is followed beside calls, and what that costs: requests that the program serves, requests that it makes, and who scheduled which callback. No function has its
 * price, so a plan says of each whether there is room for it. Pure.
 */
import { sum } from './numbers.ts';

/** In the order in which they are given room: the most telling first. */
export const FOLLOWED = ['requests', 'resources', 'turns'] as const;
export type Followed = (typeof FOLLOWED)[number];

/** How many there are in a second of the program's own processor time. */
export type FollowedRates = Record<Followed, number>;

export interface Following {
  what: Followed;
  perSecond: number;
  isOn: boolean;
  /** ns of processors in a second of the program's own time, if it is on. */
  price: number;
}

export const followedRates = (rateOf: (what: Followed) => number): FollowedRates =>
  Object.fromEntries(FOLLOWED.map((what) => [what, rateOf(what)])) as FollowedRates;

/** Nothing is known of any. */
export const NONE_KNOWN: FollowedRates = followedRates(() => 0);

/** ns of processors that each takes, all threads: the shop of `samples/` under load, with one of them left out (Node 20). */
const COSTS: Readonly<FollowedRates> = { requests: 25_000, resources: 25_000, turns: 1200 };
/** Part of a budget that they may take, less what looking takes; the rest is for calls. */
const SHARE = 0.4;

/** @param paid ns in a second that recording takes in any case */
export function follow(rates: FollowedRates, budget: number | undefined, paid: number): Following[] {
  let left = budget === undefined ? Infinity : Math.max(0, (SHARE * budget * 1e9) / 100 - paid);
  return FOLLOWED.map((what) => {
    const perSecond = rates[what];
    const price = perSecond * COSTS[what];
    const isOn = price <= left;
    if (isOn) left -= price;
    return { what, perSecond, isOn, price };
  });
}

/** ms of processors that so many take. */
export const followedMs = (counts: FollowedRates): number =>
  sum(FOLLOWED.map((what) => counts[what] * COSTS[what])) / 1e6;

/** ns of processors in a second of the program's own time. */
export const priceOfFollowing = (following: readonly Following[]): number =>
  sum(following.map(({ isOn, price }) => (isOn ? price : 0)));

/** As a run keeps it: how often what is left out comes. */
export const leftOutOf = (following: readonly Following[]): Partial<FollowedRates> =>
  Object.fromEntries(
    following.flatMap(({ what, isOn, perSecond }) => (isOn ? [] : [[what, Math.round(perSecond)]])),
  );

/** What analyses leave out as too small to matter. */
import type { Section } from './setting.ts';

export const hotPaths = {
  minShare: { type: 'number', default: 0.02, min: 0, max: 1, unit: 'share of the time of all root calls', doc: 'Chains of calls that take less are not told.' },
  dominance: { type: 'number', default: 0.5, min: 0, max: 1, unit: 'share of the time of the caller', doc: 'A chain goes on with a callee that takes at least so much of it.' },
  limit: { type: 'number', default: 10, min: 1, unit: 'chains', doc: 'As many are told, the heaviest.' },
} as const satisfies Section; // prettier-ignore

export const drift = {
  countTolerance: { type: 'number', default: 0.1, min: 0, unit: 'share of the figure before', doc: 'Counts that differ by less are no drift, unless earlier runs show that they do not vary.' },
  latencyRatio: { type: 'number', default: 1.5, min: 1, unit: 'times', doc: 'How many times as slow, or as fast, something must be.' },
  latencyFloorMs: { type: 'number', default: 0.5, min: 0, unit: 'ms', doc: 'Times that differ by less are no drift. Of own times ten times this, of all calls together.' },
  minCalls: { type: 'number', default: 20, min: 1, unit: 'calls', doc: 'Times of functions that were called less often, in either run, are not compared.' },
  history: { type: 'number', default: 5, min: 0, unit: 'runs', doc: 'Earlier runs of the same command that show what differs anyhow.' },
} as const satisfies Section; // prettier-ignore

export const hotspots = {
  minShare: { type: 'number', default: 0.03, min: 0, max: 1, unit: 'share of all own time', doc: 'Functions that take less of their own are told only where they held the event loop.' },
  trendRatio: { type: 'number', default: 1.5, min: 1, unit: 'times', doc: 'How many times as long calls must take in the last quarter of a run as in the first.' },
  limit: { type: 'number', default: 10, min: 1, unit: 'functions', doc: 'As many are told.' },
} as const satisfies Section; // prettier-ignore

export const coverageGap = {
  production: { type: 'strings', default: ['prod', 'production'], doc: 'Labels of runs (`run --label`) that are production.' },
  test: { type: 'strings', default: ['test', 'tests', 'ci'], doc: 'Labels of runs that are tests. A run of a test runner is one without a label.' },
} as const satisfies Section; // prettier-ignore

export const repeatedCalls = {
  minCalls: { type: 'number', default: 5, min: 2, unit: 'calls', doc: 'So many calls of one function from one call of another are N+1.' },
  minSavingMs: { type: 'number', default: 5, min: 0, unit: 'ms', doc: 'Awaits in turn that would save less, all calls together, are not told.' },
  limit: { type: 'number', default: 20, min: 1, unit: 'findings', doc: 'As many are told, those that cost most.' },
} as const satisfies Section; // prettier-ignore

export const slowTasks = {
  minMs: { type: 'number', default: 10, min: 0, unit: 'ms', doc: 'Tasks that took less are not slow.' },
  limit: { type: 'number', default: 10, min: 1, unit: 'tasks', doc: 'As many are taken apart: of tasks that are alike, the slowest.' },
} as const satisfies Section; // prettier-ignore

export const flags = {
  functions: {
    type: 'strings',
    default: [
      'isOn', 'isEnabled', 'isFeatureEnabled', 'featureEnabled', 'hasFeature', 'isFlagOn', 'getFlag', 'getFeatureFlag', 'useFlag', 'useFeature', 'getFeatureValue',
      'variation', 'variationDetail', 'boolVariation', 'stringVariation', 'numberVariation', 'jsonVariation',
      'getBooleanValue', 'getStringValue', 'getNumberValue', 'getObjectValue', 'getTreatment', 'checkGate',
    ],
    doc: 'Names of functions that are asked for feature flags (`run --flags`): the name of the flag is their first argument.',
  },
} as const satisfies Section; // prettier-ignore

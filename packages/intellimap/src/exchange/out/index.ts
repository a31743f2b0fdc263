/** All formats that a run can be written in, besides Parquet, which the database writes itself. A new one is a file here and a line below. */
import { chromeTrace } from './chrome-trace.ts';
import { collapsed } from './collapsed.ts';
import { lcov } from './lcov.ts';
import { otlp } from './otlp.ts';
import type { Source } from './source.ts';
import { speedscope } from './speedscope.ts';

export interface TextFormat {
  /** What its files end in, with the dot. */
  ending: string;
  /** Whether a run has what it is made of. */
  has: (source: Source) => boolean;
  /** What it is made of, in words. */
  needs: string;
  /** Whether a part of a run makes sense. */
  takesPart: boolean;
  /** @param exporter name and version of this program */
  text: (source: Source, exporter: string) => AsyncGenerator<string>;
}

const STACKS = {
  has: ({ run, counts }: Source) => run.calls_kept > 0 || counts.samples > 0,
  needs: 'calls (tier performance) or CPU samples',
};
const SPANS = {
  has: ({ run, counts }: Source) => run.calls_kept > 0 || counts.spans > 0,
  needs: 'calls (tier performance) or spans',
};
const COUNTS = { has: () => true, needs: 'nothing' };

/** Formats of one text for a whole run. */
export const TEXT_FORMATS = {
  'chrome-trace': { ...STACKS, ending: '.trace.json', takesPart: true, text: chromeTrace },
  otlp: { ...SPANS, ending: '.otlp.jsonl', takesPart: true, text: otlp },
  speedscope: { ...STACKS, ending: '.speedscope.json', takesPart: true, text: speedscope },
  collapsed: { ...STACKS, ending: '.folded', takesPart: true, text: collapsed },
  lcov: { ...COUNTS, ending: '.info', takesPart: false, text: lcov },
} as const satisfies Record<string, TextFormat>;

/** What `.cpuprofile` is made of; one file for each thread, `cpuProfiles`. */
export const PROFILE_NEEDS = STACKS;

export { recordedSpans } from './otlp.ts';
export { cpuProfiles } from './cpuprofile.ts';
export { type Part, type Source, sourceOf } from './source.ts';

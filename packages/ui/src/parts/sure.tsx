/** How sure a finding or a change is: a sign and the word, as colour is not all that tells. */
import type { Findings } from '../../../intellimap/src/serve/contract.ts';

const SIGNS: Readonly<Record<Findings.Confidence, string>> = { certain: '●', likely: '◐', possible: '○' };

/** To sort by. */
export const RANK: Readonly<Record<Findings.Confidence, number>> = { certain: 2, likely: 1, possible: 0 };

export const Sure = ({ of }: { of: Findings.Confidence }) => (
  <span className={`sure ${of}`}>
    <span aria-hidden>{SIGNS[of]}</span> {of}
  </span>
);

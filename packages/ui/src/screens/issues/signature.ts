/** What is shown of an error signature. */
import type { Answered } from '../../api/ask.ts';
import type { Place } from '../../state/moments.ts';

export type IssuesAnswer = Answered<'issues'>;
export type Signature = IssuesAnswer['signatures'][number];

/** The first error, or the one in the chosen bucket; of the others only the bucket is known, so its beginning. */
export function bucketMoment(
  { from, to, buckets }: IssuesAnswer,
  { first }: Signature,
  bucket: string | undefined,
): Place {
  const at = bucket === undefined ? -1 : Number(bucket);
  const width = (to - from) / buckets;
  const start = from + at * width;
  if (first === null) return at < 0 ? {} : { t: Math.round(start) };
  const isFirst = at < 0 || (first.t !== null && first.t >= start && first.t < start + width);
  return isFirst ? first : { ...first, t: Math.round(start), call: null };
}

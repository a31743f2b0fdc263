/** What stands beside and behind lines of the source, from what is known of them. Pure. */
import { previewText } from '../../../../../intellimap/src/base/preview-text.ts';
import type { SourceLines } from '../../../../../intellimap/src/serve/contract.ts';

export interface LineMark {
  /** `512×`; empty: not known. */
  hits: string;
  /** 0: not known or never · 1 … 3: relative to the file. */
  heat: 0 | 1 | 2 | 3;
  /** The call that is looked at did not pass it. */
  isDim: boolean;
  isError: boolean;
  /** The call has come to this line. */
  isNow: boolean;
  values: { text: string; kind: 'value' | 'error' }[];
}

/** Characters of a value behind a line. */
const VALUE = 60;
/** Values behind a line. */
const VALUES = 4;

/** By line, from 1. @param now the line that the call has come to; 0: not known */
export function marksOf({ lines, callRange }: SourceLines, now: number): Map<number, LineMark> {
  const most = Math.max(1, ...lines.map(({ hits }) => hits ?? 0));
  const marks = new Map<number, LineMark>();
  for (const line of lines) {
    const inCall = callRange !== null && line.line >= callRange.line && line.line <= callRange.endLine;
    marks.set(line.line, {
      hits: line.hits === null ? '' : `${short(line.hits)}×`,
      heat: line.hits === null ? 0 : heatOf(line.hits, most),
      isDim: (inCall && line.executed === false) || line.hits === 0,
      isError: line.errors > 0,
      isNow: line.line === now,
      values: line.values.slice(0, VALUES).map(({ name, preview }) => ({
        text: cut(name === 'result' ? `→ ${previewText(preview)}` : `${name} = ${previewText(preview)}`),
        kind: name === 'thrown' ? 'error' : 'value',
      })),
    });
  }
  if (now > 0 && !marks.has(now))
    marks.set(now, { hits: '', heat: 0, isDim: false, isError: false, isNow: true, values: [] });
  return marks;
}

/** Three steps, each ten times the one before, counted down from the most. */
function heatOf(hits: number, most: number): LineMark['heat'] {
  if (hits === 0) return 0;
  return hits * 10 > most ? 3 : hits * 100 > most ? 2 : 1;
}

const cut = (text: string): string => (text.length <= VALUE ? text : `${text.slice(0, VALUE - 1)}…`);

const short = (hits: number): string =>
  hits < 1e4 ? String(hits) : hits < 1e6 ? `${Math.round(hits / 1e3)}k` : `${Math.round(hits / 1e6)}M`;

/** The last line that a call is known to have come to: where it failed, else where it begins; 0: no call is asked about. */
export function endedAt({ lines, callRange }: SourceLines): number {
  if (callRange === null) return 0;
  const own = lines.filter(({ line }) => line >= callRange.line && line <= callRange.endLine);
  return own.findLast(({ errors }) => errors > 0)?.line ?? callRange.line;
}

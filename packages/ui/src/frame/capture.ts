/** What the status bar says of a recording. Pure. */
import type { Answered } from '../api/ask.ts';
import { count, duration, plural, short } from '../text/format.ts';

type Summary = Answered<'summary'>;

export interface Certain {
  text: string;
  /** The whole of it, for who asks. */
  title: string;
  isBad: boolean;
}

/** @param isLive it is being recorded: of course it has no end yet */
export function captureText(summary: Summary, isLive: boolean): { size: string; loss: Certain } {
  const { calls, run, threads, eventsLost, certainty, sampling, flight, overhead } = summary;
  const took = run.duration_ms === null ? '' : ` · ${duration(run.duration_ms * 1000)}`;
  const events = overhead.events > 0 ? ` · ${short(overhead.events)} events` : '';
  const size = `${short(calls)} calls${events}${took} · ${plural(threads.length, 'thread')}`;
  const doubts = [
    eventsLost > 0 && `${count(eventsLost)} events lost`,
    certainty.damagedSegments > 0 && `${count(certainty.damagedSegments)} segments damaged`,
    certainty.gaps > 0 && `${count(certainty.gaps)} gaps`,
    !certainty.complete && !isLive && 'cut off at the end',
    sampling !== null && sampling.tasksLeftOut > 0 && `${count(sampling.tasksLeftOut)} tasks left out`,
    flight !== null && flight.wordsLetGo > 0 && `${count(flight.wordsLetGo)} events let go`,
  ].filter((text) => text !== false);
  const kept = `Calls with a row of their own: ${count(certainty.callsKept)} (${certainty.callsRule})`;
  return {
    size,
    loss:
      doubts.length === 0
        ? { text: `capture: ${isLive ? 'full so far' : 'full'} (0 dropped)`, title: kept, isBad: false }
        : { text: `capture: ${doubts.join(', ')}`, title: kept, isBad: true },
  };
}

export function overheadText(overhead: Summary['overhead']): Certain {
  const { instrumentingMs, eventsMs, percent, stalledMs, valuesMs } = overhead;
  const parts = [
    `${duration(instrumentingMs * 1000)} to instrument (measured)`,
    eventsMs === null ? 'events: not calibrated' : `${duration(eventsMs * 1000)} for events (estimated)`,
    valuesMs > 0 && `${duration(valuesMs * 1000)} for values (measured)`,
    stalledMs > 0 && `${duration(stalledMs * 1000)} waited for the recorder (measured, in no time of calls)`,
  ].filter((text) => text !== false);
  const title = parts.join('\n');
  if (percent !== null) return { text: `overhead ${percent.toFixed(1)} %, measured`, title, isBad: false };
  if (eventsMs === null) return { text: 'overhead not known', title, isBad: false };
  const all = instrumentingMs + eventsMs + valuesMs;
  return { text: `overhead about ${duration(all * 1000)}`, title, isBad: false };
}

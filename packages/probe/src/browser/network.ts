/**
 * What the program asks others for. A TASK word says who asked; notes say for what, and what came of it: as the browser measured it, where it does. What goes to the page's own
 * origin carries the trace and the span that it is part of (W3C trace context).
 */
import { getter, slice } from '../core/intrinsics.ts';
import { Kind, wordOf } from '../wire/words.ts';
import { micros, randomHex, toMicros } from './natives.ts';
import { quietly } from './patch.ts';
import type { Teller } from './teller.ts';
import type { Owner, Turns } from './turns.ts';

/** A TASK word: a request is made here. */
const ASKS = wordOf(Kind.TASK, 3);
export const TRACEPARENT = 'traceparent';
/** Requests whose measurements are waited for, at most. */
const MAX_ASKED = 1000;
const MAX_METHOD = 20;
const { URL: NativeUrl } = globalThis;
const urlOf = getter<(url: object) => string>(NativeUrl.prototype, 'href');

/** A request that goes on. Times are µs. */
export interface Asked {
  id: number;
  /** How it is known when it was measured: first letter of who made it, and URL. */
  what: string;
  since: number;
  owner: Owner;
  /** Its trace and span, for the header; undefined: others are not told. */
  header: string | undefined;
  /** 0: nobody may know; undefined: no answer has come. */
  status?: number;
  /** When an answer came, or it was known that none will. */
  answered?: number;
  bytes?: number | undefined;
}

export interface Network {
  turns: Turns;
  /** @param address a text or a URL; undefined comes back for what is none @param isMeasured the browser does, as a rule */
  ask: (kind: string, method: unknown, address: unknown, isMeasured: boolean) => Asked | undefined;
  /** The browser tells the rest, if it measures this one. */
  answers: (asked: Asked, status: number) => void;
  ends: (asked: Asked, failure?: string) => void;
}

/** @param propagate origins, beside the page's own, whose requests carry the trace; false: none does */
export function createNetwork(
  teller: Teller,
  turns: Turns,
  isOn: () => boolean,
  propagate: readonly string[] | false = [],
): Network {
  const { note, number, mark, shown } = teller;
  /** The first first. */
  const measured = new Set<Asked>();

  const tell = (asked: Asked, isEnd: boolean, failure?: string): void => {
    const { id, since, answered, status, bytes } = asked;
    const took = isEnd ? micros() - since : undefined;
    const ttfb = answered && answered - since;
    note({ t: 'resource', id, took, ttfb, status: status || undefined, bytes, failure });
  };
  teller.asked = ({ name, initiatorType, startTime, responseStart }) => {
    const what = initiatorType[0] + name;
    const started = toMicros(startTime);
    // The browser began it while it was asked for: it is the last that was asked for by then, or one asked for in the same tick of the clock.
    let own: Asked[] = [];
    for (const asked of measured) {
      const { since, answered } = asked;
      if (asked.what !== what || since > started) continue;
      if (since < started) own = [];
      // The program hears of an answer after it came, and before it was measured.
      if (answered! >= toMicros(responseStart)) own.push(asked);
    }
    const [asked, other] = own;
    // Where it may be another's as well, it is nobody's.
    if (!asked || other) return undefined;
    measured.delete(asked);
    // Of one that failed all is told.
    return asked.status! >= 0 ? asked.id : undefined;
  };

  return {
    turns,
    ask(kind, method, address, isMeasured) {
      const { location, document } = globalThis;
      const to = quietly(() => {
        // Nothing of the program runs: other objects than the browser's are passed over.
        const text = typeof address === 'string' ? address : urlOf(address as object);
        return new NativeUrl(text, document ? document.baseURI : location.href);
      });
      if (to === undefined || !isOn()) return undefined;
      const { href, origin, hash } = to;
      const isHttp = slice(to.protocol, 0, 4) === 'http';
      const isTold =
        isMeasured && isHttp && propagate && (origin === location.origin || propagate.includes(origin));
      const owner = turns.current();
      const id = number();
      const trace = isTold ? (owner.trace.id ??= randomHex(16)) : undefined;
      const span = isTold ? randomHex(8) : undefined;
      const since = micros();
      mark(ASKS, id);
      const how = typeof method === 'string' ? slice(method, 0, MAX_METHOD).toUpperCase() : 'GET';
      note({ t: 'resource', id, kind, method: how, url: shown(href), micros: since, trace, span });
      const what = kind[0] + slice(href, 0, href.length - hash.length);
      const asked = { id, what, since, owner, header: isTold ? `00-${trace}-${span}-01` : undefined };
      if (isMeasured && isHttp) measured.add(asked);
      // Some are never measured.
      const [oldest] = measured;
      if (measured.size > MAX_ASKED) measured.delete(oldest);
      return asked;
    },
    answers(asked, status) {
      asked.status = status;
      asked.answered = micros();
      // When it ends, the browser tells, if it measures it.
      tell(asked, !measured.has(asked));
    },
    ends(asked, failure) {
      tell(asked, true, failure);
      asked.answered ??= micros();
    },
  };
}

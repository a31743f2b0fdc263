/** Conditions on rows of `known_calls`, as SQL. Pure. */
import { type Bind, matching } from './conditions.ts';

/** `ran`: the run saw it · `text`: the text has it, whether it ran or not · `text only`: the text has it, and the run saw nothing of it. */
export type Evidence = 'ran' | 'text' | 'text only';

export interface CallOptions {
  /** How it has to be known; in any way by default. */
  evidence?: Evidence;
  /** Also calls of which the text only says that they may be, and that the run did not see. */
  maybe?: boolean;
}

/** Which calls are meant, beside who calls whom. */
export interface CallWish extends CallOptions {
  inLoop?: boolean;
  isAwaited?: boolean;
}

/** SQL that gives ids of functions. */
type Ids = (bind: Bind) => string;

/** Functions by their name, or those of another question. */
export type Wanted = string | { idsSql: Ids };

/** The whole name or its last part; what has a `#` in it is an id. */
export const isNamed = (id: string, name: string, pattern: string, bind: Bind): string =>
  pattern.includes('#')
    ? matching(id, pattern, bind)
    : `(${matching(name, pattern, bind)} OR ${matching(name, `*.${pattern}`, bind)})`;

/** `k` calls what is wanted: a function, what is written so (`db.query`), or anything of a module (`node:fs`). */
export function callsTo(wanted: Wanted, wish: CallWish, bind: Bind): string {
  const sure = surely(wish);
  if (typeof wanted !== 'string') return `(k.dst IN (${wanted.idsSql(bind)})${sure})`;
  const named = `(${isNamed('k.dst', 'k.dst_name', wanted, bind)}${sure})`;
  if (wanted.includes('#')) return named;
  const written = `${matching('k.text', wanted, bind)} OR ${matching('k.text', `*.${wanted}`, bind)}`;
  return `(${named} OR ${written} OR ${isOfModule(wanted, bind)})`;
}

/** `k` is a call that somebody makes. */
export const callsFrom = (wanted: Wanted, wish: CallWish, bind: Bind): string =>
  typeof wanted === 'string'
    ? `(${isNamed('k.src', 'k.src_name', wanted, bind)}${surely(wish)})`
    : `(k.src IN (${wanted.idsSql(bind)})${surely(wish)})`;

/** What only may be called counts when the run saw it, or somebody asks for it. */
const surely = ({ maybe }: CallOptions): string =>
  maybe ? '' : " AND (k.confidence IS DISTINCT FROM 'maybe' OR k.count > 0)";

/** A module, and what lies in it: `lodash` is `lodash/fp`, too; `fs` is `node:fs`. */
function isOfModule(name: string, bind: Bind): string {
  const names = name.includes(':') ? [name] : [name, `node:${name}`];
  return names
    .flatMap((each) => [matching('k.module', each, bind), matching('k.module', `${each}/*`, bind)])
    .join(' OR ');
}

/** What is said of calls beside who calls whom, each with ` AND ` in front. */
export const alsoTrue = ({ evidence, inLoop, isAwaited }: CallWish): string =>
  [
    evidence === undefined ? '' : ` AND ${EVIDENCE[evidence]}`,
    inLoop ? ' AND k.loop IS NOT NULL' : '',
    isAwaited ? ' AND k.awaited' : '',
  ].join('');

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  ran: 'k.count > 0',
  text: 'k.text IS NOT NULL',
  'text only': 'k.count = 0',
};

/** Pairs of functions that call each other, for walks: as many steps as there are would read places for nothing. */
export const pairsSql = ({ evidence, maybe }: CallOptions): string => {
  const sure = maybe ? '' : "WHERE e.confidence <> 'maybe'";
  const written = `SELECT e.src, e.dst FROM call_edges e ${sure}`;
  const ran = 'SELECT e.src, e.dst FROM edges_runtime e';
  if (evidence === 'ran') return ran;
  if (evidence === 'text') return `${written} GROUP BY ALL`;
  return evidence === 'text only' ? `${written} EXCEPT ${ran}` : `${written} UNION ${ran}`;
};

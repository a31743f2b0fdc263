/** Callers and callees of a function, as `calls --json` tells them. */
import { count, integer, list, object, oneOf, orNull, type Shape, text, yesNo } from '../../base/shape.ts';
import {
  type BlindSpot,
  type CallNeighbour,
  type CallsAnswer,
  type CallsOfFunction,
  EVIDENCE,
  type OpenSite,
} from '../../query/index.ts';

const place = {
  id: text('source_functions.ast_node_id'),
  name: text(),
  path: text(),
  line: integer(),
};

const seen = {
  calls: count('Calls that runs saw, from the one to the other.'),
  testCalls: count('Of these, calls in runs of tests.'),
  runs: count('Runs that saw it.'),
  last: orNull(text('The newest of them: runs.id'), 'none saw it'),
  lastAt: orNull(integer('ms since the epoch'), 'none saw it'),
};

const neighbour = object<CallNeighbour>({
  ...place,
  ...seen,
  kind: text('call_edges.kind'),
  confidence: oneOf(['certain', 'likely', 'maybe'], 'call_edges.confidence'),
  later: yesNo('It is handed over here, and called later or by others.'),
  atPath: text('File of the call: of several the surest.'),
  atLine: integer(),
  places: count('Places of the text where it may be called.'),
  evidence: oneOf([...EVIDENCE], 'What all runs together say.'),
});

const blindSpot = object<BlindSpot>({ ...place, ...seen, reason: text('blind_spots.reason') });

const openSite = object<OpenSite>({
  line: integer(),
  text: text('Words of what is called.'),
  form: oneOf(['call', 'method', 'computed', 'new', 'super', 'tag', 'jsx', 'decorator'], 'call_sites.form'),
  tooMany: orNull(count('Functions that are called so.'), 'this is not why'),
});

const around = object<CallsOfFunction>({
  ...place,
  kind: text('source_functions.kind'),
  hits: count('Calls in all runs, from anywhere.'),
  callers: list(neighbour),
  callees: list(neighbour),
  unknownCallers: list(blindSpot, 'Callers that runs saw, and the text does not tell.'),
  unknownCallees: list(blindSpot),
  openSites: list(openSite, 'Calls of which nothing is known.'),
});

export const callsAnswer: Shape<CallsAnswer> = object<CallsAnswer>({
  matches: list(around, 'Best match first.'),
  found: count('Functions that match in all.'),
  runs: count('Runs that were asked.'),
});

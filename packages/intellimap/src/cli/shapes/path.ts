/** Ways over calls, as `path --json` tells them. */
import { count, integer, list, object, oneOf, orNull, type Shape, text } from '../../base/shape.ts';
import type { CallPath, CallPaths, Hop, PathEnd, WayFunction } from '../../query/index.ts';

const end = object<PathEnd>({
  wanted: text('As it was asked.'),
  kind: oneOf(
    ['function', 'file', 'line', 'outside'],
    'What it was taken for; outside: calls of a package, or of what is written so.',
  ),
  ids: list(text('source_functions.ast_node_id'), 'Functions; of what lies outside those that call it.'),
  found: count('How many there are.'),
});

const place = object<WayFunction>({
  id: text('source_functions.ast_node_id'),
  name: text(),
  path: text(),
  line: integer(),
});

const NOT_WRITTEN = 'only the run knows of it';

const hop = object<Hop>({
  from: place,
  to: orNull(place, 'it lies outside'),
  text: orNull(text('Words of what is called.'), NOT_WRITTEN),
  path: orNull(text('File of the call: of several the surest.'), NOT_WRITTEN),
  line: orNull(integer(), NOT_WRITTEN),
  places: count('Places of the text where it may be called.'),
  kind: orNull(text('call_edges.kind'), NOT_WRITTEN),
  confidence: orNull(text('call_edges.confidence'), NOT_WRITTEN),
  module: orNull(text('call_sites.module'), 'it comes from the workspace, or nobody knows'),
  loop: orNull(text('known_calls.loop'), 'it is no part of a loop'),
  count: count('Calls that the run saw, from the one to the other.'),
  evidence: oneOf(['ran', 'text only']),
  detail: text('known_calls.detail'),
});

const path = object<CallPath>({
  evidence: oneOf(['ran', 'partly', 'text only'], 'ran: the run saw each call of it.'),
  hops: list(hop),
});

export const callPaths: Shape<CallPaths> = object<CallPaths>({
  from: end,
  to: end,
  paths: list(path, 'The shortest first; of equally long ones those of which most is known.'),
  capped: orNull(text('Why there may be others.'), 'there are no better ones'),
});

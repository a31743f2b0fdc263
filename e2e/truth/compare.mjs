/** Truth and recording of a batch, call by call and as sums. */

/** A call as both sides say it: `parent` is its index among the calls of its thread. */
/** @typedef {{ place: string, name: string, parent: number, outcome: string, file: string }} Told */

/** @returns {Map<string, object>} `file:line:column` → function, for all that are marked in the text */
export function placesOf(programs) {
  const places = new Map();
  for (const { file, text, functions } of programs) {
    places.set(`${file}:1:0`, { file, ...functions[0] });
    for (const [line, code] of text.split('\n').entries())
      for (const { 0: mark, 1: fn, index } of code.matchAll(/\/\*@(\d+)\*\//g))
        places.set(`${file}:${line + 1}:${index + mark.length}`, { file, ...functions[Number(fn)] });
  }
  return places;
}

/** @returns {Told[][]} of each thread, in the order in which they started: what Node calls them, the program sees otherwise */
export function recordedCalls(rows) {
  const tids = [...new Set(rows.map(({ tid }) => tid))].toSorted((a, b) => a - b);
  return tids
    .map((tid) => rows.filter((row) => row.tid === tid))
    .map((calls) => calls.map((call) => recorded(call, calls)));
}

/** Calls are numbered from 0, and none is left out: an id is an index. */
function recorded(
  { path, line, column, kind, is_async: isAsync, is_generator: isGenerator, outcome, parent, id, wait },
  calls,
) {
  if (calls[id]?.id !== id) throw new Error(`call ${id} is not at its place`);
  return {
    file: path,
    place: `${path}:${line}:${column}`,
    name: nameOf({ kind, isAsync, isGenerator }),
    parent: parent ?? -1,
    outcome,
    wait,
  };
}

/** @returns {Told[]} */
export function trueCalls(calls, places) {
  const placeOf = new Map([...places].map(([place, { file, fn }]) => [`${file} ${fn}`, place]));
  const index = new Map(calls.map((call, at) => [call, at]));
  return calls.map(({ file, fn, parent, outcome, suspensions }) => {
    const place = placeOf.get(`${file} ${fn}`);
    return {
      file,
      place,
      name: nameOf(places.get(place)),
      parent: parent ? index.get(parent) : -1,
      outcome,
      suspensions,
    };
  });
}

const nameOf = ({ kind, isAsync, isGenerator }) =>
  `${isAsync ? 'async ' : ''}${kind}${isGenerator ? '*' : ''}`;

export const keyOf = ({ place, name, parent, outcome }) => `${place} ${name} ${parent} ${outcome}`;

/** @returns {string[]} sums that differ, as lines */
export function wrongSums({ facts, nodes, edges }, threads, errors) {
  const all = threads.flat();
  const suspensions = all.reduce((sum, call) => sum + call.suspensions, 0);
  const open = all.filter(({ outcome }) => outcome === 'open').length;
  const wanted = { calls_total: all.length, calls_kept: all.length, calls_open: open, errors, events_lost: 0, orphans: 0, complete: true, damaged: 0, skipped: 1 }; // prettier-ignore
  const lines = Object.entries(wanted).flatMap(([name, value]) =>
    facts[name] === value ? [] : [`${name}: ${value} ≠ ${facts[name]}`],
  );
  // Beginnings, ends, suspensions and returns; what else is an event (errors, modules) is the recorder's own affair.
  const least = 2 * all.length - open + 2 * suspensions + errors;
  if (facts.events < least) lines.push(`events: at least ${least}, but ${facts.events}`);
  const threw = counted(threads, ({ place, outcome }) => (outcome === 'threw' ? place : undefined));
  return [
    ...lines,
    ...wrongCounts({ nodes, edges }, threads),
    ...differing('threw', threw, nodes, ({ place, threw }) => [place, threw]),
  ];
}

/** What every tier that knows callers says. @returns {string[]} counts that differ, as lines */
export function wrongCounts({ nodes, edges }, threads) {
  const hits = counted(threads, ({ place }) => place);
  const roots = counted(threads, ({ place, parent }) => (parent < 0 ? place : undefined));
  const links = counted(threads, ({ place, parent }, calls) =>
    parent < 0 ? undefined : `${calls[parent].place} → ${place}`,
  );
  return [
    ...differing('hits', hits, nodes, ({ place, hits }) => [place, hits]),
    ...differing('roots', roots, nodes, ({ place, roots }) => [place, roots]),
    ...differing('edges', links, edges, ({ places, count }) => [places, count]),
  ];
}

function counted(threads, nameOf) {
  const counts = new Map();
  for (const calls of threads)
    for (const call of calls) {
      const name = nameOf(call, calls);
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return counts;
}

function differing(what, truth, rows, pair) {
  const said = new Map(rows.map(pair).filter(([, count]) => count > 0));
  const names = [...new Set([...truth.keys(), ...said.keys()])];
  return names.flatMap((name) =>
    truth.get(name) === said.get(name)
      ? []
      : [`${what} of ${name}: ${truth.get(name) ?? 0} ≠ ${said.get(name) ?? 0}`],
  );
}

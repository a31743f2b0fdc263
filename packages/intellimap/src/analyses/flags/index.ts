/** Feature flags: where they are read, what they said, what ran then, and which of their sides no run ever saw. */
import { isFlagVariable, NOT_TOLD, UNSET } from '../../base/flag-names.ts';
import { groupedBy } from '../../base/groups.ts';
import {
  executed,
  type Flag,
  flagCoverage,
  flagLatency,
  flagPaths,
  type FlagPaths,
  flagReads,
  type FlagRunValue,
  propertyValues,
  type FlagValue,
  type ReadProperty,
  type Session,
  sourceGraph,
} from '../../query/index.ts';
import { type Analysis, type Confidence, type Evidence, type Finding, plural, verdict } from '../analysis.ts';
import { type FlagUse, isSideFor, pairsOf, Paths, type ValueInRuns } from './paths.ts';
import { type FlagPlace, flagPlaces } from './uses.ts';
import { described, isOneSided, isUnreached } from './words.ts';

export interface FlagFinding extends Finding {
  flag: Flag;
  /** No run saw more than one value. */
  isOneSided: boolean;
  /** Whether somebody looked at the text; without it, `uses` tells nothing. */
  isTextKnown: boolean;
  /** Places of the text, as it is now, that read it. */
  uses: FlagUse[];
  /** Of a variable: its values when runs began, and what these did. */
  inRuns: ValueInRuns[];
  /** A side that the text gives to other values ran: the variable was set while the program ran. */
  isChanged: boolean;
}

/** Latency by side is told of so many of the newest runs: the calls of each are read. */
const RUNS_TIMED = 5;

export const flagUse: Analysis<FlagFinding> = {
  name: 'flag-coverage',
  title: 'Feature flags',
  async check(session) {
    const asked = await flagCoverage(session);
    const { isTextKnown, places, paths, values, hasWhole } = await factsOf(session, asked);
    const properties = await propertyValues(session, propertiesIn(places));
    const flags = flagsOf(asked, places, properties);
    if (flags.length === 0) return { holds: 'unknown', why: await whyNone(session) };
    const findings = flags.map((flag): FlagFinding => {
      const own = places.filter(({ source, name }) => source === flag.source && name === flag.name);
      const inRuns = flag.source === 'environment' ? valuesOf(flag.name, values, paths, own) : [];
      const uses = own.map((place) => paths.use(place));
      const told = flag.source === 'environment' ? inRuns.length : flag.values.length;
      const asker = flag.values.flatMap(({ branches }) => branches.map((each) => each.asker))[0];
      return {
        flag,
        isOneSided: told === 1,
        isTextKnown,
        uses,
        inRuns,
        isChanged: inRuns.some((each) => isContradicted(each, own)),
        id: `flag-coverage:${flag.source}:${flag.name}`,
        confidence: confidenceOf(flag, uses, hasWhole),
        place: placeOf(uses, asker ?? flag.readers[0]),
        evidence: evidenceOf(session.run.id, flag, uses, values),
      };
    }); // prettier-ignore
    return verdict(findings.toSorted((a, b) => weight(b) - weight(a)));
  },
  describe: described,
  summarise(findings) {
    const oneSided = findings.filter((finding) => finding.isOneSided).length;
    const never = findings.filter(({ uses }) => uses.some(isOneSided)).length;
    const unread = findings.filter(({ uses }) => uses.length > 0 && uses.every(isUnreached)).length;
    const sides = never === 0 ? '' : `, ${never} with a side that never ran`;
    const lost = unread === 0 ? '' : `, ${unread} read only by what never ran`;
    return `${plural(findings.length, 'flag')}, ${oneSided} of them with one value only${sides}${lost}`;
  },
};

const weight = ({ isOneSided: isOnly, uses }: FlagFinding): number =>
  (uses.some(isOneSided) ? 4 : 0) + (isOnly ? 2 : 0) + (uses.some(({ use }) => use === 'test') ? 1 : 0);

interface Facts {
  isTextKnown: boolean;
  places: FlagPlace[];
  paths: Paths;
  values: FlagRunValue[];
  /** Some run told all that happened. */
  hasWhole: boolean;
}

/** What the text says of flags, and runs of the functions that it names. */
async function factsOf(session: Session, asked: readonly Flag[]): Promise<Facts> {
  const graph = await sourceGraph(session);
  const places = graph === null ? [] : flagPlaces(await flagReads(session), graph);
  const variables = [...asked, ...places].filter(({ source }) => source === 'environment').map(({ name }) => name);
  const readers = places.map(({ reader }) => reader.id);
  const targets = places.flatMap(({ sides }) => sides.flatMap(({ leadsTo }) => leadsTo.flatMap(({ id }) => id ?? [])));
  const found: FlagPaths = await flagPaths(session, { readers, targets, variables });
  const runs = [...new Set(found.functions.map(({ run }) => run))].slice(-RUNS_TIMED);
  const latency = await flagLatency(session, pairsOf(places), runs);
  const { window } = await executed(session);
  return { isTextKnown: graph !== null, places, paths: new Paths(found, latency), values: found.values, hasWhole: window.runs.some(({ isWhole }) => isWhole) };
} // prettier-ignore

/** Those that were seen, as far as they are flags, and those that the text decides by. */
function flagsOf(asked: readonly Flag[], places: readonly FlagPlace[], properties: ReadonlyMap<string, FlagValue[]>): Flag[] {
  const isRead = ({ source, name }: Pick<Flag, 'source' | 'name'>): boolean =>
    places.some((place) => place.use !== 'set' && place.source === source && place.name === name);
  const seen = asked.filter(
    (flag) =>
      flag.source === 'call' || isRead(flag) || (isFlagVariable(flag.name) && !flag.values.every(isUnset)),
  );
  const flags = new Map(seen.map((flag) => [`${flag.source} ${flag.name}`, flag]));
  for (const { source, name, use } of places) {
    const key = `${source} ${name}`;
    if (use !== 'set' && !flags.has(key)) flags.set(key, { name, source, readers: [], values: (source === 'config' && properties.get(name)) || [] });
  }
  return [...flags.values()];
} // prettier-ignore

const propertiesIn = (places: readonly FlagPlace[]): ReadProperty[] =>
  places.flatMap(({ source, name, reader }) => (source === 'config' ? [{ reader: reader.id, name }] : []));

const isUnset = ({ value }: { value: string }): boolean => value === UNSET;

async function whyNone(session: Session): Promise<string> {
  const text = (await sourceGraph(session)) === null ? 'the source was not read, and ' : '';
  return `${text}no flag was seen; they are recorded with run --flags, where functions of the workspace are asked for them`;
}

function valuesOf(name: string, all: readonly FlagRunValue[], paths: Paths, places: readonly FlagPlace[]): ValueInRuns[] {
  const byValue = groupedBy(all.filter((row) => row.name === name), ({ value }) => value);
  return [...byValue].map(([value, rows]) => paths.inRuns(value, rows.map(({ run }) => run), places));
} // prettier-ignore

function isContradicted({ value, uses }: ValueInRuns, places: readonly FlagPlace[]): boolean {
  const given = value === null ? null : String(JSON.parse(value));
  if (given === NOT_TOLD) return false;
  return uses.some(({ taken }, at) =>
    taken.some((count, side) => (count ?? 0) > 0 && isSideFor(places[at], side, given) === false),
  );
}

function confidenceOf({ source, values }: Flag, uses: readonly FlagUse[], hasWhole: boolean): Confidence {
  const never = uses.filter(isOneSided);
  if (never.length > 0) return hasWhole && never.some(({ condition }) => condition.alone) ? 'likely' : 'possible';
  // Of functions that are called very often, samples are looked at.
  return source === 'environment' && (values.length > 0 || uses.length > 0) ? 'certain' : 'likely';
} // prettier-ignore

/** Where a side never ran; else where it is read. */
function placeOf(
  uses: readonly FlagUse[],
  asker?: { path: string; line: number },
): { path: string; line: number } | null {
  const use = uses.find(isOneSided) ?? uses[0];
  if (use !== undefined) return { path: use.reader.path, line: use.line };
  return asker === undefined ? null : { path: asker.path, line: asker.line };
}

function evidenceOf(run: string, { name, source, readers, values }: Flag, uses: readonly FlagUse[], inRuns: readonly FlagRunValue[]): Evidence[] {
  const others = new Set(inRuns.filter((row) => row.name === name).map((row) => row.run));
  const runs = source === 'environment' ? [...others] : values.length > 0 ? [run] : [];
  return [
    ...runs.map((id): Evidence => ({ run: id, table: 'flags', key: { name, source } })),
    ...readers.map(({ id }): Evidence => ({ run, table: 'nodes_runtime', key: { ast_node_id: id } })),
    ...uses.flatMap(({ id, reader, lastRun }): Evidence[] => [
      { run: lastRun ?? run, table: 'source_flag_reads', key: { id } },
      ...(lastRun === null ? [] : [{ run: lastRun, table: 'functions', key: { ast_node_id: reader.id } } as const]),
    ]),
  ];
} // prettier-ignore

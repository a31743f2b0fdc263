/**
 * Rows of texts that changed while all else is as it was: what `refreshSources` and `refreshGraphs` would write, without looking at what they look at. In one transaction, and
 * what goes is removed while this thread reads what comes.
 */
import type { RowOf } from '../schema/index.ts';
import { appendRows } from './append.ts';
import { type GraphMaker, type MadeFile, OF_GRAPHS, openGraphs } from './graphs.ts';
import { appendTexts, forget, forgetting, refreshData, type SourceSurvey } from './sources.ts';
import { inTransaction, type Store } from './store.ts';

/** Texts that were known, and are others now; see `graph`, which finds them. */
export interface ChangedTexts extends Pick<SourceSurvey, 'target' | 'namesInData'> {
  paths: readonly string[];
  /** `source_files` of those that were written to, and say the same. */
  touched: RowOf<'source_files'>[];
  /** Is a name found in files of data? */
  isInData: (name: string) => boolean;
  /** Reads them; holds this thread as long as it takes. */
  survey: () => Pick<SourceSurvey, 'files' | 'changed'> & { graphs: readonly MadeFile[] };
}

/** Wholly or not at all. Returns how many nodes their graphs have. */
export async function replaceTexts(
  store: Store,
  changed: ChangedTexts,
  maker: Pick<GraphMaker, 'names' | 'version'>,
): Promise<number> {
  const { connection } = store;
  const { paths, touched } = changed;
  let nodes = 0;
  let members: string[] = [];
  await inTransaction(store, async () => {
    if (touched.length > 0) {
      await forget(connection, ['source_files'], touched.map(({ path }) => path)); // prettier-ignore
      await appendRows(connection, 'source_files', touched);
    }
    if (paths.length === 0) return;
    const forgotten = await forgetting(connection, ['source_files', ...OF_GRAPHS], paths, LINKED);
    let found: ReturnType<ChangedTexts['survey']>;
    try {
      found = changed.survey();
    } finally {
      // Nothing is to be undone before it is done.
      await Promise.allSettled([forgotten.members]);
    }
    const before = await forgotten.members;
    await appendRows(connection, 'source_files', found.files);
    await appendTexts(connection, found.changed, changed.target);
    const hashes = new Map(found.files.map((row) => [row.path, row.content_hash]));
    const writing = await openGraphs(connection, maker, hashes);
    found.graphs.forEach(writing.add);
    await writing.close();
    ({ nodes } = writing);
    const now = [...found.changed.values()].flatMap(({ functions }) => functions.flatMap(memberName));
    members = inOne(before, new Set(now));
  });
  if (members.some(changed.isInData)) await refreshData(store, changed);
  return nodes;
}

/** Of all texts together: made anew when somebody asks. */
const LINKED = ['call_edges', 'call_sites'] as const;

const memberName = ({ member_name: name }: RowOf<'source_functions'>): string[] =>
  name === null ? [] : [name];

/** In one of two sets, and not in the other. */
const inOne = (a: ReadonlySet<string>, b: ReadonlySet<string>): string[] => [
  ...[...a].filter((each) => !b.has(each)),
  ...[...b].filter((each) => !a.has(each)),
];

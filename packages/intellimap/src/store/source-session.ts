/** Tables about the text that are kept right while files change. What it remembers is what `SourceLooks` remembers: the tables must be written by nobody else meanwhile. */
import type { RowOf } from '../schema/index.ts';
import { type ChangedTexts, replaceTexts } from './changed-texts.ts';
import { type GraphMaker, refreshGraphs } from './graphs.ts';
import { refreshSources, type SurveySources } from './sources.ts';
import type { Store } from './store.ts';

/** Looks at a workspace, one after the other; see `graph`. */
export interface SourceLooks {
  /** At all of it. */
  look: SurveySources;
  /** At what may have changed since; null: it takes a look at all of it. */
  lookAt: (paths: Iterable<string>) => ChangedTexts | null;
}

export interface SourceUpdate {
  /** All of the workspace was looked at, not only what was named. */
  whole: boolean;
  /** Files whose graph was made, and files that are gone. */
  made: string[];
  removed: string[];
  /** Of graphs that were made. */
  nodes: number;
}

const NOTHING: SourceUpdate = { whole: false, made: [], removed: [], nodes: 0 };

/**
 * DuckDB moves changes from its log into the tables when the log is this long, within the update that makes it so. That takes 0.1 to 0.6 s: by default, at 16 MB, every tenth
 * change of a large file pays for it. Who has time between updates does it then (`rest`).
 */
const LOG = '64MB';

export class SourceSession {
  private readonly looks: SourceLooks;
  private readonly maker: GraphMaker;
  private readonly onProgress: (share: number) => void;
  private isKnown = false;
  /** Which database was told how much may wait in its log. */
  private told: Store | null = null;

  constructor(looks: SourceLooks, maker: GraphMaker, onProgress: (share: number) => void = () => {}) {
    this.looks = looks;
    this.maker = maker;
    this.onProgress = onProgress;
  }

  /** Somebody else wrote, or may have. */
  forget(): void {
    this.isKnown = false;
  }

  /**
   * Brings all tables about the text up to date, graphs included.
   * @param open the database; not asked where nothing is to be written
   * @param paths what may have changed since, relative to the workspace, whatever it is; without them anything may have
   */
  async update(open: () => Promise<Store> | Store, paths?: Iterable<string>): Promise<SourceUpdate> {
    const changed = this.isKnown && paths !== undefined ? this.looks.lookAt(paths) : null;
    if (changed !== null && changed.paths.length === 0 && changed.touched.length === 0) return NOTHING;
    const store = await open();
    if (this.told !== store) await store.connection.run(`SET checkpoint_threshold = '${LOG}'`);
    this.told = store;
    // Whoever opened it may have found that somebody else wrote.
    const isPart = changed !== null && this.isKnown;
    this.isKnown = false;
    const answer = isPart ? await this.texts(store, changed) : await this.whole(store);
    this.isKnown = true;
    return answer;
  }

  /** Nothing is to be done: what the next update, or the next one who opens the database, would do. */
  async rest(store: Store): Promise<void> {
    await store.connection.run('CHECKPOINT');
  }

  private async texts(store: Store, changed: ChangedTexts): Promise<SourceUpdate> {
    const nodes = await replaceTexts(store, changed, this.maker);
    return { whole: false, made: [...changed.paths], removed: [], nodes };
  }

  private async whole(store: Store): Promise<SourceUpdate> {
    const before = await graphsIn(store);
    await refreshSources(store, this.looks.look);
    const { nodes } = await refreshGraphs(store, this.maker, (done, all) => this.onProgress(done / all));
    const now = await graphsIn(store);
    return {
      whole: true,
      made: [...now].flatMap(([path, hash]) => (before.get(path) === hash ? [] : [path])),
      removed: [...before.keys()].filter((path) => !now.has(path)),
      nodes,
    };
  }
}

async function graphsIn(store: Store): Promise<Map<string, string>> {
  const rows = await store.all<Pick<RowOf<'graph_files'>, 'path' | 'content_hash'>>(
    'SELECT path, content_hash FROM graph_files ORDER BY path',
  );
  return new Map(rows.map((row) => [row.path, row.content_hash]));
}

/** A place for finished runs beside the local store, as `defineStorage` takes it. Types only. */

/** What a place knows of a run without reading it. */
export interface StoredRun {
  /** `runs.id` */
  readonly id: string;
  /** When it began, ms since the epoch. */
  readonly startedAt: number;
  /** Words of its command. */
  readonly command: readonly string[];
}

export interface StorageExtension {
  /** `acme/bucket`: who wrote it, and what it is; what `--place` of `export`, `import` and `runs` takes. */
  readonly name: string;
  /**
   * Takes a run: all files of a local folder, which is gone afterwards: `export.json`, the manifest, and a Parquet file for each table of docs/tables.md. A run that is
   * there already is replaced. Either all of it is there afterwards, or nothing of it is listed.
   */
  put(run: StoredRun, folder: string): Promise<void>;
  /** Runs that are there, in any order. */
  list(): Promise<readonly StoredRun[]>;
  /** Puts the files of a run into a local folder that is empty, byte for byte. Rejects when it does not have the run. */
  get(id: string, folder: string): Promise<void>;
}

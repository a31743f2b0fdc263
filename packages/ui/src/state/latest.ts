/** Which run is meant where none is named. Pure. */

/** As the server understands a question without a run: the newest that was recorded here, an import only where nothing was. */
export const latestOf = <Run extends { imported: boolean }>(runs: readonly Run[]): Run | undefined =>
  runs.find(({ imported }) => !imported) ?? runs[0];

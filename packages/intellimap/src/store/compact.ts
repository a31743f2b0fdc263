/**
 * A database that gives back what it no longer needs. DuckDB keeps the blocks of deleted rows for later ones, and neither CHECKPOINT nor VACUUM makes the
 * file smaller (1.5: 30 MB stayed 30 MB when two of three runs went; a copy has 12). So it is copied, once that pays.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { literal } from '../schema/index.ts';
import { connectTo, IN_MEMORY, MEMORY, type OpenOptions, openWaiting, released, shut } from './database.ts';
import { storeFile } from './store-file.ts';
import { openStore } from './store.ts';

/** Less is not worth the copying. */
const WORTH_BYTES = 16 * 2 ** 20;
const WORTH_SHARE = 0.25;

/** @returns whether the file became smaller. @throws Fault: the database is in use for too long */
export async function compactStore(root: string, options: OpenOptions = {}): Promise<boolean> {
  const file = storeFile(root);
  if (!existsSync(file) || !(await isWorthwhile(root, options))) return false;
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const isSmaller = await openWaiting(file, () => copied(file, draft), options);
    released(file);
    return isSmaller;
  } finally {
    for (const left of [draft, `${draft}.wal`, `${draft}.spill`])
      rmSync(left, { recursive: true, force: true });
  }
}

async function isWorthwhile(root: string, options: OpenOptions): Promise<boolean> {
  const store = await openStore(root, options);
  try {
    await store.connection.run('CHECKPOINT');
    const [{ block, total, free }] = await store.all<{ block: number; total: number; free: number }>(
      'SELECT block_size AS block, total_blocks AS total, free_blocks AS free FROM pragma_database_size()',
    );
    return block * free >= WORTH_BYTES && free >= WORTH_SHARE * total;
  } finally {
    store.close();
  }
}

/** Nobody writes meanwhile, as the file is open for reading; who waits for it opens the new one. */
async function copied(file: string, draft: string): Promise<boolean> {
  const database = await connectTo(
    file,
    { memory_limit: MEMORY, temp_directory: `${draft}.spill` },
    IN_MEMORY,
  );
  const { connection } = database;
  try {
    await connection.run(`ATTACH ${literal(file)} AS whole (READ_ONLY)`);
    // Nobody can begin one now; what a killed writer left must not be taken for the new file's.
    if (existsSync(`${file}.wal`)) return false;
    await connection.run(`ATTACH ${literal(draft)} AS smaller`);
    await connection.run('COPY FROM DATABASE whole TO smaller');
    await connection.run('CHECKPOINT smaller');
    await connection.run('DETACH smaller');
    renameSync(draft, file);
    return true;
  } finally {
    shut(database);
  }
}

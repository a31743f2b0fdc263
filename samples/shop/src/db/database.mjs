// A thin layer over the libSQL client: rows in, rows out, one writer at a time.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client/sqlite3';
import { Mutex } from '../lib/mutex.mjs';

/** What repositories talk to: either the database itself or an open transaction. */
class SqlSession {
  async all(sql, args = []) {
    const { rows } = await this.execute(sql, args);
    return rows;
  }

  async get(sql, args = []) {
    const [row] = await this.all(sql, args);
    return row;
  }

  /** Runs a statement that changes data and returns the number of rows it changed. */
  async run(sql, args = []) {
    const { rowsAffected } = await this.execute(sql, args);
    return rowsAffected;
  }
}

class Transaction extends SqlSession {
  #transaction;

  constructor(transaction) {
    super();
    this.#transaction = transaction;
  }

  execute(sql, args) {
    return this.#transaction.execute({ sql, args });
  }
}

export class Database extends SqlSession {
  #client;
  #writer = new Mutex();
  #temporaryFolder;

  constructor(client, temporaryFolder) {
    super();
    this.#client = client;
    this.#temporaryFolder = temporaryFolder;
  }

  static async open(file) {
    const folder = file ? undefined : await mkdtemp(join(tmpdir(), 'shop-'));
    const client = createClient({ url: `file:${file || join(folder, 'shop.db')}` });
    // With a write-ahead log readers go on while a transaction is open.
    await client.execute('PRAGMA journal_mode = WAL');
    return new Database(client, folder);
  }

  execute(sql, args) {
    return this.#client.execute({ sql, args });
  }

  run(sql, args = []) {
    return this.#writer.run(() => super.run(sql, args));
  }

  /** Several statements without parameters, separated by semicolons. */
  runScript(sql) {
    return this.#writer.run(() => this.#client.executeMultiple(sql));
  }

  /**
   * Runs `work(session)` in one transaction: committed when it returns, rolled back when it throws.
   * Writers queue up here, because two write transactions on one file would end in SQLITE_BUSY.
   */
  transaction(work) {
    return this.#writer.run(async () => {
      const transaction = await this.#client.transaction('write');
      try {
        const result = await work(new Transaction(transaction));
        await transaction.commit();
        return result;
      } finally {
        transaction.close();
      }
    });
  }

  async close() {
    // Goes through the queue, so that a write under way is finished first.
    await this.#writer.run(() => this.#client.close());
    if (this.#temporaryFolder) await rm(this.#temporaryFolder, { recursive: true, force: true });
  }
}

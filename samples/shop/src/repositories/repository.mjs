/** What all repositories share: a table, a session to reach it, and rows turned into objects. */
export class Repository {
  /** Name of the table; set by each subclass. */
  static table = '';

  #session;

  constructor(session) {
    this.#session = session;
  }

  get session() {
    return this.#session;
  }

  /** The same repository inside a transaction. */
  in(session) {
    return new this.constructor(session);
  }

  /** Turns a row into what the rest of the program sees; a subclass renames columns here. */
  static fromRow(row) {
    return { ...row };
  }

  async findById(id) {
    const row = await this.#session.get(`SELECT * FROM ${this.constructor.table} WHERE id = ?`, [id]);
    return row && this.constructor.fromRow(row);
  }

  async select(sql, args) {
    const rows = await this.#session.all(sql, args);
    return rows.map((row) => this.constructor.fromRow(row));
  }
}

/** "?, ?, ?" for a list of values in an IN (…). */
export function placeholders(values) {
  return values.map(() => '?').join(', ');
}

// SQL in one place.
export class UserRepository {
  constructor(private readonly db: { query(sql: string, values?: unknown[]): Promise<any[]> }) {}

  async findById(id: string) {
    const rows = await this.db.query('SELECT * FROM users WHERE id = $1', [id]);
    return rows[0];
  }

  async save(user: { id: string; name: string }) {
    await this.db.query('INSERT INTO users VALUES ($1, $2)', [user.id, user.name]);
  }

  async delete(id: string) {
    await this.db.query('DELETE FROM users WHERE id = $1', [id]);
  }
}

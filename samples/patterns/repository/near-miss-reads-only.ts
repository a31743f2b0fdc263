// It computes from what it finds, and saves nothing.
export class Statistics {
  constructor(private readonly db: { query(sql: string): Promise<any[]> }) {}

  async countUsers() {
    return (await this.db.query('SELECT count(*) FROM users'))[0];
  }

  async listCountries() {
    return await this.db.query('SELECT DISTINCT country FROM users');
  }

  async findOldest() {
    return (await this.db.query('SELECT min(born) FROM users'))[0];
  }
}

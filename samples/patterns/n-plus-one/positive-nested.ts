// The element goes through a local variable first.
export class Report {
  constructor(private db: { query(sql: string, values: unknown[]): Promise<any[]> }) {}

  async rows(teams: { members: { id: string }[] }[]) {
    const rows = [];
    for (const team of teams) {
      for (const member of team.members) {
        const key = member.id.toLowerCase();
        const hours = await this.db.query('SELECT sum(hours) FROM hours WHERE member = $1', [key]);
        rows.push(hours[0]);
      }
    }
    return rows;
  }
}

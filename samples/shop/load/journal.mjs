// What happened during a load: durations by route and status, and their table.

export class Journal {
  #entries = new Map();
  #problems = [];

  get problems() {
    return this.#problems;
  }

  get requests() {
    let total = 0;
    for (const { durations } of this.#entries.values()) total += durations.length;
    return total;
  }

  record(route, status, ms) {
    const key = `${route} ${status}`;
    const entry = this.#entries.get(key) ?? { route, status, durations: [] };
    entry.durations.push(ms);
    this.#entries.set(key, entry);
  }

  addProblem(scenario, error) {
    this.#problems.push(`${scenario}: ${error.message}`);
  }

  /** Sorted by path, method and status, so that two runs can be compared line by line. */
  rows() {
    const rows = [...this.#entries.values()].map(({ route, status, durations }) => {
      const sorted = durations.toSorted((a, b) => a - b);
      return { route, status, count: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
    });
    return rows.toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)));
  }

  counts() {
    return Object.fromEntries(this.rows().map(({ route, status, count }) => [`${route} ${status}`, count]));
  }

  table() {
    const header = ['route', 'status', 'count', 'p50 ms', 'p95 ms'];
    const lines = this.rows().map(({ route, status, count, p50, p95 }) => [
      route,
      status,
      count,
      p50.toFixed(1),
      p95.toFixed(1),
    ]);
    return formatTable([header, ...lines]);
  }
}

/** The smallest duration that at least this share of all does not exceed. */
function quantile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function sortKey({ route, status }) {
  const [method, path] = route.split(' ');
  return `${path} ${method} ${status}`;
}

/** The first column to the left, numbers to the right. */
function formatTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const formatCell = (cell, column) =>
    column === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[column]);
  return rows.map((row) => row.map(formatCell).join('  ')).join('\n');
}

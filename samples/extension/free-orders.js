import { defineAnalysis } from 'intellimap/extend';

export const freeOrders = defineAnalysis({
  name: 'acme/free-orders',
  title: 'Orders that cost nothing',
  async check({ sql }) {
    const rows = await sql(
      `SELECT f.ast_node_id AS id, f.name, f.path, f.line, e.thread_id, min(e.event_id) AS first, count(*) AS orders
       FROM events_acme_ordered e JOIN functions f ON f.ast_node_id = e."function"
       WHERE e.total <= $most GROUP BY ALL ORDER BY orders DESC`,
      { most: 0 },
    );
    return rows.map(({ id, name, path, line, thread_id, first, orders }) => ({
      key: id,
      text: `${name} took ${orders} orders for nothing`,
      place: { path, line },
      evidence: [{ table: 'custom_events', key: { thread_id, event_id: first } }],
    }));
  },
});

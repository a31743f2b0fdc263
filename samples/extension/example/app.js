import { acme } from 'acme-intellimap/events';

const db = { query: async (statement) => statement.length };

async function order(customer, prices) {
  const total = prices.reduce((sum, price) => sum + price, 0);
  await db.query(`INSERT INTO orders VALUES ('${customer}', ${total})`);
  acme.emit('ordered', { total, items: prices.length, express: total > 10, customer });
}

async function gift(customer) {
  await order(customer, [0]);
}

await order('jane.doe@example.org', [4, 8.5]);
await order('bob', [3]);
await gift('carol');

// Invoices with their customers, one query for each.
import { Pool } from 'pg';

const pool = new Pool();

export async function invoicesOf(month: string) {
  const { rows: invoices } = await pool.query('SELECT * FROM invoices WHERE month = $1', [month]);
  const result = [];
  for (const invoice of invoices) {
    const { rows } = await pool.query('SELECT * FROM customers WHERE id = $1', [invoice.customer_id]);
    result.push({ ...invoice, customer: rows[0] });
  }
  return result;
}

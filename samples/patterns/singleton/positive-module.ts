// A variable of the module, and who asks first makes it.
import { Pool } from 'pg';

let pool: Pool | null = null;

export function getPool() {
  if (pool === null) pool = new Pool({ max: 10 });
  return pool;
}

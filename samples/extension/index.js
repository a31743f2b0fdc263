import { archive } from './archive.js';
import { acme } from './events.js';
import { freeOrders } from './free-orders.js';
import { rawSql } from './raw-sql.js';

export default [acme, freeOrders, rawSql, archive('acme/archive', 'runs')];

import { order } from './order.mjs';
import './wait-a.mjs';

order.push('b starts');
await new Promise((done) => setTimeout(done, 5));
order.push('b ends');
export { order };

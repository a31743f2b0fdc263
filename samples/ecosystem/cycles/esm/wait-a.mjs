import { order } from './order.mjs';
import './wait-b.mjs';

order.push('a starts');
await new Promise((done) => setTimeout(done, 5));
order.push('a ends');
export { order };

// Each needs the other when it loads.
import { Customer } from './customer.ts';

export class Order {
  customer = new Customer();
}

import { Order } from './order.ts';

export class Customer {
  static none = new Order();
}

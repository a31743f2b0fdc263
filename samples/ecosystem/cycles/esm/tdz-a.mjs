import { b } from './tdz-b.mjs';

export class A {
  static b = b;
}

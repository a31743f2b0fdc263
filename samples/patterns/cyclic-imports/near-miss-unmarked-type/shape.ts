// Not marked as one, but used as a type only: the compiler takes it away.
import { area } from './area.ts';

export class Shape {
  width = 1;
  get area() {
    return area(this);
  }
}

import { area } from './area.cjs';

export default function square(side) {
  return area(side, side);
}
export class Circle {
  constructor(radius) {
    this.radius = radius;
  }
}
export const url = import.meta.url.split('/').at(-1);
export const dirname = import.meta.dirname === undefined;

/** Lists of numbers that grow, without an object each. Two classes, so that V8 sees one kind of array in each `push`: it runs once an event. */
import { doubled } from '../replay/doubled.ts';

export class Ints {
  data = new Int32Array(64);
  size = 0;

  push(value: number): void {
    if (this.size === this.data.length) this.data = doubled(this.data);
    this.data[this.size++] = value;
  }

  /** No more come: gives back what they would have taken. */
  trim(): void {
    this.data = this.data.slice(0, this.size);
  }
}

export class Doubles {
  data = new Float64Array(64);
  size = 0;

  push(value: number): void {
    if (this.size === this.data.length) this.data = doubled(this.data);
    this.data[this.size++] = value;
  }

  /** No more come: gives back what they would have taken. */
  trim(): void {
    this.data = this.data.slice(0, this.size);
  }
}

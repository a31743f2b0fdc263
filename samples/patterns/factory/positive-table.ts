// By a table of classes.
import { Circle, Square, Triangle } from './shapes.ts';

const SHAPES = { circle: Circle, square: Square, triangle: Triangle };

export const shape = (kind: keyof typeof SHAPES, size: number) => new SHAPES[kind](size);

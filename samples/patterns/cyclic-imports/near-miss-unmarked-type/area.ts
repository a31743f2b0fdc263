import { Shape } from './shape.ts';

export const area = (shape: Shape) => shape.width ** 2;

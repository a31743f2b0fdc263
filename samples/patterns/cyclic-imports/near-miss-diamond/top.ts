// Two ways to the same file, and none back.
import { left } from './left.ts';
import { right } from './right.ts';

export const top = () => left() + right();

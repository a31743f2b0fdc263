import { A } from './tdz-a.mjs';

export const b = () => A;
export class B extends A {}

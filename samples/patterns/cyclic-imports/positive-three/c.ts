export { a } from './a.ts';

export const c = () => 1;

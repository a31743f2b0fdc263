import legacy, { name } from './legacy.cjs';

export const value = 'from ESM';
console.log('mixed', name, legacy.peek(), await legacy.load());

import legacy from './legacy.cjs';

export const value = `other saw ${Object.keys(legacy)}`;

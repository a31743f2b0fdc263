/** Where everything on the map stands. Pure: plain data in, plain data out. */
export * from './picture.ts';
export { heatOf, heatSteps } from './heat.ts';
export { planIn, planText } from './kept.ts';
export { layOut } from './lay-out.ts';
export type { Plan } from './plan.ts';
export { CELL, cellAt, HEADER, PADDING, PITCH, TITLE } from './sizes.ts';

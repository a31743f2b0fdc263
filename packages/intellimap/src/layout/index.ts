/** Where everything on the map stands. Pure: plain data in, plain data out. */
export * from './picture.ts';
export { CELL, cellAt, GAP_X, GAP_Y, HEADER, PADDING, PITCH, TITLE } from './sizes.ts';
export { heatOf, heatSteps } from './heat.ts';

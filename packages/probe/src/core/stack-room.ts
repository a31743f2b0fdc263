import { apply } from './intrinsics.ts';

/** As arguments they need 16 KiB of stack. */
const MANY: unknown[] = Array.from({ length: 2048 });
const nothing = (): void => {};

/** Makes sure that what follows has the stack that it may need. @throws RangeError where there is too little left */
export const needRoom = (): unknown => apply(nothing, undefined, MANY);

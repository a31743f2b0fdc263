// It asks whether a package is there.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
let colours: ((text: string) => string) | undefined;
try {
  colours = require('picocolors').red;
} catch {}

export const red = (text: string) => colours?.(text) ?? text;

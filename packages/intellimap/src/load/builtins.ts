/** Builtins have two spellings; recordings use the one with the scheme. */
export const withNodePrefix = (specifier: string): string =>
  specifier.startsWith('node:') ? specifier : `node:${specifier}`;

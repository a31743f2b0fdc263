export function lib(x) { if (x) { return new Error('lib').stack.split('\n')[1].split('/').at(-1); } }

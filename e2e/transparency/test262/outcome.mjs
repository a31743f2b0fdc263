/**
 * What a run of a test came to, as plain data. Values thrown by tests may be anything, proxies whose traps throw included:
 * whatever looking at them does, it does on both sides.
 */

/** @returns {{name: string, message: string, stack?: string[]}} */
export function describeError(error, folder) {
  if ((typeof error !== 'object' || error === null) && typeof error !== 'function')
    return { name: typeof error, message: describeValue(error) };
  const name = attempt(() => String(error.constructor?.name));
  const message = attempt(() => String(error.message)).replaceAll(folder, '<corpus>');
  const stack = attempt(() => framesOf(error.stack, folder));
  return { name, message, ...(Array.isArray(stack) && stack.length > 0 ? { stack } : {}) };
}

/** Lines of a stack trace that lie in the corpus; those of the host and of Node do not matter. */
function framesOf(stack, folder) {
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && line.includes(folder))
    .map((line) => line.trim().replaceAll(folder, '<corpus>'));
}

/** Completion values and rejections: primitives in full, objects by their kind. */
export function describeValue(value) {
  if (typeof value === 'symbol') return String(value.description);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 200));
  if (typeof value === 'object' || typeof value === 'function')
    return value === null ? 'null' : `<${typeof value}>`;
  return Object.is(value, -0) ? '-0' : `${value}${typeof value === 'bigint' ? 'n' : ''}`;
}

function attempt(look) {
  try {
    return look();
  } catch (error) {
    return `<looking throws ${typeof error}>`;
  }
}

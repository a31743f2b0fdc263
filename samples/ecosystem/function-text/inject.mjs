/** Calls with what the parameters are named after. */
export function inject(wanted, values) {
  const text = wanted.toString();
  const head = /^class\b/.test(text) ? /constructor\s*\(([^)]*)\)/.exec(text) : /^(?:async\s+)?(?:function\s*\w*)?\s*\(([^)]*)\)/.exec(text);
  const args = head[1].split(',').map((name) => values[name.trim()]);
  return /^class\b/.test(text) ? new wanted(...args) : wanted(...args);
}

/**
 * What a test262 file says about itself: the YAML in its first block comment (`---` … `---`), of which tests use a small part: scalars,
 * lists in either notation, and one level of nesting (`negative`).
 */

/**
 * @returns {{flags: string[], includes: string[], features: string[], negative: boolean}}
 */
export function frontMatter(text) {
  const lines = /\/\*---([^]*?)---\*\//.exec(text)?.[1].split(/\r\n|[\n\r]/) ?? [];
  return {
    flags: listOf(lines, 'flags'),
    includes: listOf(lines, 'includes'),
    features: listOf(lines, 'features'),
    negative: lines.some((line) => line.startsWith('negative:')),
  };
}

/** `key: [a, b]`, over one line or several, or `key:` and then a line `- a` for each. */
function listOf(lines, key) {
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at < 0) return [];
  const after = lines[at].slice(key.length + 1).trim();
  if (after.startsWith('[')) {
    const [inside] = [after, ...lines.slice(at + 1)].join(' ').slice(1).split(']');
    return inside
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  }
  const items = [];
  for (const line of lines.slice(at + 1)) {
    const item = /^\s*-\s+(\S+)/.exec(line);
    if (!item) break;
    items.push(item[1]);
  }
  return items;
}

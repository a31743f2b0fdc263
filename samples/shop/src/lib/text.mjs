const STOP_WORDS = new Set(['a', 'an', 'and', 'for', 'from', 'in', 'of', 'the', 'to', 'with']);

/** Yields the searchable words of a text: lower case, letters and digits only, without stop words. */
export function* tokens(text) {
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!STOP_WORDS.has(word)) yield word;
  }
}

export function slugify(text) {
  return [...tokens(text)].join('-');
}

const HTML_ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => HTML_ENTITIES[character]);
}

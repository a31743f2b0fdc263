// What it made keeps what the first call found.
import { Comparison } from './comparison.ts';

export async function compare(from: string, to: string) {
  const comparison = new Comparison(from, to);
  const html = await comparison.getHtml();
  const authors = await comparison.getAuthors();
  return { html, authors };
}

// Kept by key: what belongs to one does not reach another.
const pages: Record<string, string> = {};

export async function page(req: { url: string }, res: { end(text: string): void }) {
  if (pages[req.url] === undefined) pages[req.url] = await render(req.url);
  res.end(pages[req.url]);
}

async function render(url: string) {
  return `<p>${url}</p>`;
}

// Written for who looks at it in a debugger: no answer depends on it.
let url = '';

export function handle(req: { url: string }, res: { end(text: string): void }) {
  url = req.url;
  res.end('ok');
}

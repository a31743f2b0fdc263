// A number of all requests is meant to be shared.
let requestCount = 0;

export function handler(req: unknown, res: { end(text: string): void }) {
  requestCount += 1;
  res.end(String(requestCount));
}

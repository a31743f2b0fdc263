// Made once, the same for all.
let client: { get(path: string): Promise<string> } | undefined;

export async function load(req: { path: string }, res: { end(text: string): void }) {
  client ??= await connect(req.path);
  res.end(await client.get(req.path));
}

async function connect(path: string) {
  return { get: async (other: string) => path + other };
}

// Begun in a loop, awaited afterwards.
export async function warm(paths: Iterable<string>) {
  const requests: Promise<Response>[] = [];
  for (const path of paths) {
    requests.push(fetch(`https://cdn.example.org${path}`));
  }
  await Promise.all(requests);
}

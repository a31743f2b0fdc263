// A stream gives one part after the other.
export async function header(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const magic = await reader.read();
  const version = await reader.read();
  return { magic, version };
}

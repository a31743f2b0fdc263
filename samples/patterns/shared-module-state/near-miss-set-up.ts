// Set when the program starts.
let endpoint = 'http://localhost';

export async function configure(options: { file: string }, read: (file: string) => Promise<string>) {
  endpoint = await read(options.file);
}

export async function ask(path: string) {
  return await fetch(endpoint + path);
}

// Written, awaited, read: two imports at once mix their names.
let fileName = '';

export async function importFile(name: string, read: (name: string) => Promise<string[]>) {
  fileName = name.trim();
  const lines = await read(name);
  return lines.map((line, at) => describe(line, at));
}

function describe(line: string, at: number) {
  return `${fileName}:${at + 1} ${line}`;
}

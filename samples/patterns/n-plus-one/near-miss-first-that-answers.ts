// Mirrors are tried one after the other; the first one that answers is enough.
export async function download(mirrors: string[], name: string) {
  for (const mirror of mirrors) {
    try {
      return await fetch(`${mirror}/${name}`);
    } catch (error) {
      console.warn(mirror, error);
    }
  }
  throw new Error(`no mirror has ${name}`);
}

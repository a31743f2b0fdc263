// Who asks is given nothing, which is an answer.
export function userOf(header: string, decode: (text: string) => string) {
  try {
    const [name, password] = decode(header.slice(6)).split(':');
    return { name, password };
  } catch {}
}

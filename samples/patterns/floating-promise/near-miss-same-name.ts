// `delete` of a Map is no promise, though a class has an async method of that name.
export class Remote {
  async delete(key: string) {
    await fetch(`/items/${key}`, { method: 'DELETE' });
  }
}

export function forget(known: Map<string, string>, key: string) {
  known.delete(key);
}

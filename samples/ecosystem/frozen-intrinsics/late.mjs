export function total(list) {
  return list.reduce((sum, each) => sum + each, 0);
}

export class Thing {
  #name;
  static make(name) {
    const thing = new Thing();
    thing.#name = name;
    return thing;
  }
  describe() {
    return `thing ${this.#name}`;
  }
}

export function fail() {
  throw new RangeError('late failure');
}

export async function later() {
  await null;
  return fail();
}

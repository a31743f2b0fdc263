// What there is, is taken down.
export class Connections {
  #open: { close(): Promise<void> }[] = [];

  async closeAll() {
    await Promise.all(this.#open.map((each) => each.close()));
  }
}

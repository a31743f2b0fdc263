export type Money = { readonly cents: number };

export class Account {
  history: Money[] = [];
  constructor(
    readonly owner: string,
    start: Money,
  ) {
    this.history.push(start);
  }

  deposit(money: Money): void;
  deposit(money: Money, note?: string): void {
    this.history.push(money);
    this.#audit(note!);
  }

  #audit(_note: string): asserts _note is string {}

  async settle(): Promise<number> {
    await Promise.resolve();
    return this.history.length;
  }
}

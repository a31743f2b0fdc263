// TypeScript that is more than types: enums, namespaces, parameter properties, standard decorators, `using`-like cleanup.
import { logged, bound } from './decorators';
import { Level, Shapes, type Named } from './shapes.js';
import data from './data.json';

class Account implements Named {
  static #count = 0;
  accessor balance = 0;

  constructor(
    public readonly name: string,
    protected level: Level = Level.Low,
  ) {
    Account.#count += 1;
  }

  @logged
  deposit(amount: number): this {
    if (amount <= 0) throw new RangeError(`${this.name} cannot deposit ${amount}`);
    this.balance += amount;
    return this;
  }

  @bound
  describe(): string {
    return `${this.name} (${Level[this.level]}): ${this.balance}`;
  }

  static get count(): number {
    return Account.#count;
  }
}

const accounts = data.people.map((name, index) => new Account(name, index % 2 ? Level.High : undefined));
for (const account of accounts) account.deposit(10).deposit(account.name.length);
const { describe } = accounts[1]!;
console.log(describe(), Account.count, Shapes.area({ kind: 'circle', radius: 2 }).toFixed(3));
try {
  accounts[0]!.deposit(-1);
} catch (error) {
  console.log((error as Error).stack);
}
console.log(accounts[0]!.deposit.name, accounts[0]!.deposit.length, String(Shapes.area));

async function* pages<T>(list: readonly T[], size: number): AsyncGenerator<T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}
for await (const page of pages(data.people, 2)) console.log(page satisfies string[]);
console.log(await import('./late.mts').then(({ default: late }) => late<string>('late')));
let sum = 0;
for (let i = 0; i < 1000; i += 1) sum += Shapes.area({ kind: 'square', side: i });
console.log(sum);

import { Account, type Money } from './account.ts';
import { legacyRate } from './legacy.cts';

enum Colour {
  Red = 1,
  Green,
}

interface Visitor<T> {
  visit(value: T): number;
}

const visitor: Visitor<Money> = {
  visit(value) {
    return value.cents;
  },
};

function total<T>(values: readonly T[], by: Visitor<T>): number {
  let sum = 0;
  for (const value of values) sum += by.visit(value);
  return sum;
}

const account = new Account('ann', { cents: 100 } satisfies Money);
for (let i = 0; i < 5; i++) account.deposit({ cents: i } as Money);
console.log(total(account.history, visitor), Colour.Green, account.owner, await account.settle(), legacyRate(2));

class Teller<Name extends string> {
  constructor(readonly name: Name) {}
  refuse(amount: number): never { if (amount > 1) throw new RangeError(`${this.name} refuses`); return this.refuse(amount + 1); }
}
// Positions in a trace are those of this file, through the compiler's map.
try {
  new Teller('bob').refuse(0);
} catch (error) {
  console.log((error as Error).stack?.split('\n').slice(0, 4).join('\n'));
}

// One class, with other arguments.
class Money {
  constructor(readonly cents: number) {}
}

export function money(text: string) {
  if (text.includes('.')) return new Money(Math.round(Number(text) * 100));
  return new Money(Number(text) * 100);
}

// Observers are objects with a method.
export class Stock {
  private observers: { update(price: number): void }[] = [];

  attach(observer: { update(price: number): void }) {
    this.observers.push(observer);
  }

  set price(price: number) {
    this.observers.forEach((observer) => observer.update(price));
  }
}

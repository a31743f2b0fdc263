// Fields of a form: set and get, and nothing behind them.
export class Form {
  values: Record<string, string> = {};

  get(name: string) {
    return this.values[name];
  }

  set(name: string, value: string) {
    this.values[name] = value;
  }

  has(name: string) {
    return name in this.values;
  }
}

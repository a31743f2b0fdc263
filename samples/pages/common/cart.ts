export interface Line {
  name: string;
  price: number;
}

export function total(lines: readonly Line[]): number {
  let sum = 0;
  for (const line of lines) sum += priceOf(line);
  return sum;
}

function priceOf(line: Line): number {
  return line.price;
}

export async function load(name: string): Promise<Line> {
  const answer = await fetch('prices.json');
  const prices = (await answer.json()) as Record<string, number>;
  return lineOf(name, prices[name] ?? 0);
}

function lineOf(name: string, price: number): Line {
  return { name, price };
}

/** By a timer: frameworks catch what fails in handlers of theirs, each in its own way. */
export function failSoon(): void {
  setTimeout(fail);
}

function fail(): never {
  const reason = 'out of stock';
  throw new Error(reason);
}

/** Nobody uses these: bundles are without them, recorded or not. */
export function neverUsed(): string {
  return 'MARK-NEVER-USED';
}

export class NeverMade {
  static readonly mark = 'MARK-NEVER-MADE';
  readonly #lines: Line[] = [];
  count = () => this.#lines.length;
}

export const neverRead = /*#__PURE__*/ makeTable('MARK-NEVER-READ');

function makeTable(mark: string): Map<string, string> {
  return new Map([[mark, mark]]);
}

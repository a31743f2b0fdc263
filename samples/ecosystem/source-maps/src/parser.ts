type Token = { text: string; at: number };

export class Parser {
  constructor(
    private readonly text: string,
    private readonly strict = false,
  ) {}

  *tokens(): Generator<Token> {
    for (const match of this.text.matchAll(/\S+/g)) yield { text: match[0], at: match.index! };
  }

  all(): number[] {
    return [...this.tokens()].map((token) => this.number(token));
  }

  private number({ text, at }: Token): number {
    const value = Number(text);
    if (Number.isNaN(value) && this.strict) throw new SyntaxError(`"${text}" at ${at} is no number`);
    return value;
  }

  static async later(text: string): Promise<number[]> {
    await null;
    try {
      return new Parser(text, true).all();
    } catch (cause) {
      throw new Error(`cannot read ${text}`, { cause });
    }
  }
}

// Decides much, but all methods work on the same text and position.
export class Parser {
  private at = 0;
  constructor(private text: string) {}

  value(): unknown {
    this.space();
    const character = this.text[this.at];
    if (character === '{') return this.object();
    if (character === '[') return this.list();
    if (character === '"') return this.string();
    if (character === 't' || character === 'f') return this.word() === 'true';
    if (character === 'n') return this.word() && null;
    if (character === '-' || (character! >= '0' && character! <= '9')) return this.number();
    throw new SyntaxError(`at ${this.at}`);
  }

  space() {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\n' || this.text[this.at] === '\t') this.at++;
  }

  object() {
    const result: Record<string, unknown> = {};
    this.at++;
    for (this.space(); this.text[this.at] !== '}'; this.space()) {
      if (this.text[this.at] === ',') this.at++;
      this.space();
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ':') throw new SyntaxError('no colon');
      this.at++;
      result[key] = this.value();
    }
    this.at++;
    return result;
  }

  list() {
    const result: unknown[] = [];
    this.at++;
    for (this.space(); this.text[this.at] !== ']'; this.space()) {
      if (this.text[this.at] === ',') this.at++;
      else result.push(this.value());
      if (this.at >= this.text.length) throw new SyntaxError('no end');
    }
    this.at++;
    return result;
  }

  string() {
    let result = '';
    if (this.text[this.at] !== '"') throw new SyntaxError('no text');
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.text[this.at] === '\\') {
        this.at++;
        if (this.text[this.at] === 'n') result += '\n';
        else if (this.text[this.at] === 't') result += '\t';
        else result += this.text[this.at];
      } else if (this.at >= this.text.length) throw new SyntaxError('no end');
      else result += this.text[this.at];
    }
    this.at++;
    return result;
  }

  word() {
    const start = this.at;
    while (this.text[this.at]! >= 'a' && this.text[this.at]! <= 'z') this.at++;
    const word = this.text.slice(start, this.at);
    if (word !== 'true' && word !== 'false' && word !== 'null') throw new SyntaxError(word);
    return word;
  }

  number() {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    while (this.text[this.at]! >= '0' && this.text[this.at]! <= '9') this.at++;
    if (this.text[this.at] === '.') {
      this.at++;
      while (this.text[this.at]! >= '0' && this.text[this.at]! <= '9') this.at++;
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.at++;
      if (this.text[this.at] === '-' || this.text[this.at] === '+') this.at++;
      while (this.text[this.at]! >= '0' && this.text[this.at]! <= '9') this.at++;
    }
    return Number(this.text.slice(start, this.at));
  }
}

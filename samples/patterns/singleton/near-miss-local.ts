// Gone when the function ends.
class Parser {
  parse(text: string) {
    return text.length;
  }
}

export function sizes(texts: string[]) {
  let parser: Parser | undefined;
  return texts.map((text) => (parser ??= new Parser()).parse(text));
}

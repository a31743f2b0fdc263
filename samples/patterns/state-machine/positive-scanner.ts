// A scanner: a local variable holds the state.
const Mode = { TEXT: 0, TAG: 1, STRING: 2 } as const;

export function tags(text: string) {
  let mode: number = Mode.TEXT;
  let count = 0;
  for (const character of text) {
    switch (mode) {
      case Mode.TEXT:
        if (character === '<') mode = Mode.TAG;
        break;
      case Mode.TAG:
        if (character === '"') mode = Mode.STRING;
        else if (character === '>') {
          mode = Mode.TEXT;
          count++;
        }
        break;
      case Mode.STRING:
        if (character === '"') mode = Mode.TAG;
        break;
    }
  }
  return count;
}

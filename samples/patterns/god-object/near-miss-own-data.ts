// Many decisions about plain numbers and texts that it is given: it meddles with nobody's data.
export class Rules {
  private a = 1;
  private b = 2;
  private c = 3;
  private d = 4;
  private e = 5;
  private f = 6;
  private g = 7;

  price(x: number, y: number, word: string) {
    if (x > this.a && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'price' || word === 'any' ? x : y;
  }

  weight(x: number, y: number, word: string) {
    if (x > this.b && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'weight' || word === 'any' ? x : y;
  }

  colour(x: number, y: number, word: string) {
    if (x > this.c && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'colour' || word === 'any' ? x : y;
  }

  size(x: number, y: number, word: string) {
    if (x > this.d && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'size' || word === 'any' ? x : y;
  }

  place(x: number, y: number, word: string) {
    if (x > this.e && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'place' || word === 'any' ? x : y;
  }

  time(x: number, y: number, word: string) {
    if (x > this.f && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'time' || word === 'any' ? x : y;
  }

  name(x: number, y: number, word: string) {
    if (x > this.g && y > x) return 1;
    if (x < 0 || y < 0) return word === '' ? 2 : 3;
    for (let at = 0; at < x; at++) if (at % 2 === 0 && at > y) return at;
    return word === 'name' || word === 'any' ? x : y;
  }
}

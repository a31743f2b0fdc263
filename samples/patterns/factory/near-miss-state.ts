// What it makes depends on what it holds, not on what it is given.
class Night {}
class Day {}

export function sky() {
  return new Date().getHours() > 18 ? new Night() : new Day();
}

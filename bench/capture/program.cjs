'use strict';
// What `capture` and `probes` measure: two ways of calling that V8 does not do away with. `fib` calls itself, no two calls alike to
// the branch predictor, and can be inlined a few levels only. `mix` calls small functions of all sorts in a loop: through three
// receivers (`area`, one of which cannot throw), behind a branch that depends on data, with a result that the next call needs.
// Functions are declarations and methods, which every competitor instruments; classes have no constructors, so loading calls nothing.

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

class Square {
  side = 5;
  area() {
    return this.side * this.side;
  }
}

class Strip {
  from = 3;
  to = 20;
  area() {
    return this.to - this.from;
  }
}

class Dot {
  area() {
    return 1;
  }
}

const shapes = [new Square(), new Strip(), new Dot()];

function mixed(hash, value) {
  return Math.imul(hash ^ value, 0x01000193);
}

function isEven(n) {
  return (n & 1) === 0;
}

function half(n) {
  return n >> 1;
}

function thrice(n) {
  return (n * 3 + 1) | 0;
}

function mix(rounds) {
  let hash = 7;
  for (let at = 0; at < rounds; at++) {
    hash = mixed(hash, shapes[at % 3].area());
    hash = isEven(hash) ? half(hash) : thrice(hash);
  }
  return hash;
}

module.exports = { fib, mix };

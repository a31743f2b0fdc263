'use strict';
const { makeCounter, Shape, Circle } = require('./parts.cjs');

const count = makeCounter();
for (let i = 0; i < 1000; i += 1) count();

function factorial(n) {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function withFinally(flag) {
  try {
    if (flag) return 'early';
    throw new Error('late');
  } catch (error) {
    return error.message;
  } finally {
    count();
  }
}

function defaults(a, b = factorial(3), { c = b } = {}) {
  return a + b + c + arguments.length;
}

const shapes = [new Shape('s'), new Circle(2), new Circle(3)];
console.log(count(), factorial(10), withFinally(true), withFinally(false), defaults(1), defaults(1, 2));
console.log(shapes.map((shape) => shape.describe()).join(' '));
process.exitCode = 3;

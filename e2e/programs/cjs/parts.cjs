exports.makeCounter = function makeCounter() {
  let n = 0;
  return function tick() {
    n += 1;
    return n;
  };
};

class Shape {
  constructor(name) {
    this.name = name;
  }
  area() {
    return 0;
  }
  describe() {
    return `${this.name}:${this.area()}`;
  }
}

class Circle extends Shape {
  constructor(radius) {
    super('circle');
    this.radius = radius;
  }
  area() {
    return Math.round(Math.PI * this.radius ** 2);
  }
}

exports.Shape = Shape;
exports.Circle = Circle;

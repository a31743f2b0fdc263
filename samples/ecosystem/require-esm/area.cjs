exports.area = (a, b) => a * b;

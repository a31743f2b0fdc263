exports.double = function double(n) { if (n === undefined) throw new TypeError('no number'); return n * 2; };
exports.names = () => [new Map([1]), new Set()].map((each) => each.constructor.name);

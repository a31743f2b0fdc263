exports.early = true;
const b = require('./b.cjs');

exports.fromB = b.name;
exports.late = function late() {
  return `${b.name} saw ${JSON.stringify(b.seen)}, late is ${typeof exports.late}, children ${module.children.length}`;
};

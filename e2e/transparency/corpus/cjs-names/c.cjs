'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
__exportStar(require('./a.cjs'), exports);
function __exportStar(m, e) {
  for (const k in m) e[k] = m[k];
}
exports.default = function d() {};

"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.outer = outer;
function outer(a) {
    return inner(a.n);
}
function inner(n) {
    throw new Error('inner ' + n);
}
//# sourceMappingURL=lib.js.map
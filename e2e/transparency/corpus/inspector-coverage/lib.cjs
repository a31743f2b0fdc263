exports.a = (x) => { if (x) { return 1; } return x ? 2 : 3; };
exports.b = async function (y) { await 1; return y && (() => 5)(); };

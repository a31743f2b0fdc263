const a = require('./a.cjs');

exports.name = 'b';
exports.seen = { keys: Object.keys(a), missing: a.fromB, filename: require('node:path').basename(__filename) };

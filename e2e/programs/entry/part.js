exports.cache = require.cache;

module.exports = function later() { return require('./gone.cjs').name; };

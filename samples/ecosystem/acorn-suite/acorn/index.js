// The upstream suite asks for the folder that upstream builds; here it is the published package.
module.exports = require('acorn');

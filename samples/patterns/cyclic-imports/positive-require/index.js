// As CommonJS has it.
const tools = require('./tools');

exports.version = '1.0';
exports.run = () => tools.banner();

const main = require('./index');

exports.banner = () => `version ${main.version}`;

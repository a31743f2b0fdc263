exports.name = function name(who) { return `named ${who}`; };

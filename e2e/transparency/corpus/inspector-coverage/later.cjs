exports.c = () => { return 1; };

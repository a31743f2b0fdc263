exports.show = function show(what) { if (what) { const f = () => { return new Error(what); }; console.log(f().stack.replaceAll(__dirname, '')); } };

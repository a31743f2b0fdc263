const { outer } = require('./lib.js');
try { outer({ n: 1 }); } catch (e) { console.log(e.stack.split('\n').slice(0, 4).join('\n').replaceAll(__dirname, '.')); }
setTimeout(() => outer({ n: 2 }), 1);

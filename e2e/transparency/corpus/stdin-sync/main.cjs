const fs = require('node:fs');
console.log(JSON.parse(fs.readFileSync(0, 'utf8')));

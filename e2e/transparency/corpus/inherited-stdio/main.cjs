const cp = require('node:child_process');
const child = cp.spawn(process.execPath, ['child.cjs'], { stdio: ['inherit', 'inherit', 'inherit', 'pipe'] });
child.stdio[3].on('data', (d) => console.log('fd3', String(d)));
child.on('close', (code) => console.log('close', code));

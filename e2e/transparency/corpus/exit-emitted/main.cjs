let n = 0;
process.on('exit', (code) => console.log('exit', code, ++n));
console.log(process.emit('exit', 42));
setTimeout(() => console.log('later'), 1);

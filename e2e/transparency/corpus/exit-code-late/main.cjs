let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, rounds);
  if (rounds++ < 2) setImmediate(() => console.log('more'));
});
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 4;
});

process.on('exit', (code) => console.log('exit', code));
async function fail() {
  await null;
  throw new RangeError('rejected');
}
fail();
setTimeout(() => console.log('later'), 1);

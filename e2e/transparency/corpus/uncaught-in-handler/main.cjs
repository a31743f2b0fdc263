process.on('uncaughtException', function handler(e) {
  console.log('first', e.message);
  throw new Error('second');
});
process.on('exit', (code) => console.log('exit', code));
throw new Error('one');

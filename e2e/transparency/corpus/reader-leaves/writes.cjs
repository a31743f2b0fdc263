console.log('first');
process.stdin.once('data', () => {
  for (let line = 0; line < 1000; line++) console.log(line);
});

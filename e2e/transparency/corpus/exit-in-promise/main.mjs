setTimeout(() => console.log('never'), 0);
process.stdout.write('before\n');
Promise.resolve().then(function leave() {
  process.exit();
});
process.exitCode = 5;

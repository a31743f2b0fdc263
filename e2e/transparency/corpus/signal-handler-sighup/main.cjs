const timer = setInterval(() => {}, 1000);
process.on('SIGHUP', function stop(signal, number) {
  console.log('got', signal, number, process.listenerCount('SIGHUP'));
  clearInterval(timer);
  process.exitCode = 7;
});
process.on('exit', (code) => console.log('exit', code));
console.log('ready');

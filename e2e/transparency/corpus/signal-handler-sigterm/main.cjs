const timer = setInterval(() => {}, 1000);
process.on('SIGTERM', function stop(signal, number) {
  console.log('got', signal, number, process.listenerCount('SIGTERM'));
  clearInterval(timer);
  process.exitCode = 7;
});
process.on('exit', (code) => console.log('exit', code));
console.log('ready');

const timer = setInterval(() => {}, 1000);
process.on('SIGINT', function stop(signal, number) {
  console.log('got', signal, number, process.listenerCount('SIGINT'));
  clearInterval(timer);
  process.exitCode = 7;
});
process.on('exit', (code) => console.log('exit', code));
console.log('ready');

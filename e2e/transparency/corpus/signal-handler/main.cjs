const [, , name] = process.argv;
const timer = setInterval(() => {}, 1000);
process.on(name, function stop(signal, number) {
  console.log('got', signal, number, process.listenerCount(name));
  clearInterval(timer);
  process.exitCode = 7;
});
process.on('exit', (code) => console.log('exit', code));
console.log('ready');

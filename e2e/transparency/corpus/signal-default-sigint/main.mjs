process.on('exit', () => console.log('never'));
function wait() {
  setTimeout(wait, 5);
}
wait();
console.log('ready', process.listenerCount('SIGINT'));

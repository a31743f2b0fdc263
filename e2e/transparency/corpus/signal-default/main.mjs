const [, , name] = process.argv;
process.on('exit', () => console.log('never'));
function wait() {
  setTimeout(wait, 5);
}
wait();
console.log('ready', process.listenerCount(name));

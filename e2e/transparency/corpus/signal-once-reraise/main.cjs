setInterval(() => {}, 1000);
process.once('SIGTERM', () => {
  console.log('cleanup');
  process.kill(process.pid, 'SIGTERM');
});
console.log('ready');

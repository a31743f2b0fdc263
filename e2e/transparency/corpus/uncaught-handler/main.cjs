process.on('uncaughtExceptionMonitor', (e, origin) => console.log('monitor', e && e.message, origin));
process.on('uncaughtException', (e, origin) =>
  console.log('caught', e && e.message, origin, e && e.stack.split('\n')[1].replace(/\(.*[/]/, '(')),
);
function throwError() {
  throw new Error('one');
}
process.nextTick(function tick() {
  undefined.x;
});
setTimeout(() => {
  setImmediate(throwError);
  setTimeout(() => {
    throw null;
  }, 20);
  setTimeout(() => console.log('alive'), 60);
}, 1);

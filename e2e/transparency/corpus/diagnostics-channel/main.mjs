import dc from 'node:diagnostics_channel';
import http from 'node:http';
const channel = dc.channel('mine');
console.log(channel.hasSubscribers);
channel.subscribe(function onMessage(message, name) {
  console.log(message, String(name));
});
channel.publish({ a: 1 });
const tracing = dc.tracingChannel('work');
tracing.subscribe({
  start: (e) => console.log('start', e),
  end: (e) => console.log('end', e),
  asyncStart: (e) => console.log('asyncStart', e),
  asyncEnd: (e) => console.log('asyncEnd', e),
  error: (e) => console.log('error', e),
});
await tracing.tracePromise(
  async function task(x) {
    await null;
    return x * 2;
  },
  { name: 'ctx' },
  undefined,
  21,
);
const order = [];
const server = http.createServer((req, res) => {
  order.push('handler');
  process.nextTick(() => order.push('tick'));
  Promise.resolve().then(() => order.push('micro'));
  res.end('ok');
});
server.listen(0, async () => {
  const r = await fetch('http://127.0.0.1:' + server.address().port + '/x?y=1');
  console.log(r.status, await r.text(), order.join());
  server.close();
});

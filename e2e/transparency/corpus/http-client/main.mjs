// What a client can see of its own requests: the order of callbacks and async ids, listeners, properties, errors with their traces, garbage.
import http from 'node:http';
import { executionAsyncId } from 'node:async_hooks';
import { once } from 'node:events';
const server = http.createServer((request, response) => {
  if (request.url === '/reset') return request.socket.destroy();
  if (request.url === '/cut') {
    response.writeHead(200, { 'content-length': 100 }).write('x');
    return setTimeout(() => request.socket.destroy(), 20);
  }
  response.end('hello');
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = 'http://127.0.0.1:' + server.address().port;
const shape = (object) => [Reflect.ownKeys(object).map(String).join(), object.eventNames().map((name) => `${String(name)}:${object.listenerCount(name)}`).join()];

async function ask(path) {
  const order = [];
  const first = executionAsyncId();
  const request = http.get(url + path);
  order.push('asked');
  process.nextTick(() => order.push('tick'));
  queueMicrotask(() => order.push('microtask'));
  setImmediate(() => order.push('immediate'));
  request.on('socket', () => order.push('socket'));
  request.on('error', (error) => order.push(`error ${error.code} ${error.stack.split('\n').length}`));
  console.log(path, shape(request), executionAsyncId() - first);
  const [response] = await once(request, 'response').catch(() => []);
  if (response) {
    console.log(shape(response), response.complete);
    response.on('data', (data) => order.push(`data ${data}`)).on('error', (error) => order.push(`error ${error.code}`));
    await new Promise((done) => response.on('close', done));
    console.log(response.complete, response.aborted);
  }
  console.log(order.join());
}
for (const path of ['/', '/reset', '/cut']) await ask(path);

const order = [];
const got = fetch(url, { method: 'POST', body: 'x' });
process.nextTick(() => order.push('tick'));
queueMicrotask(() => order.push('microtask'));
const response = await got;
order.push(response.status, await response.text());
await fetch('http://127.0.0.1:2').catch(({ cause }) => order.push(cause.code));
const aborted = new AbortController();
const failing = fetch(url, { signal: aborted.signal });
aborted.abort(new RangeError('mine'));
await failing.catch((error) => order.push(String(error)));
console.log(order.join());
server.close();
server.closeAllConnections();

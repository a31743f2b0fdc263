// A program with listeners of its own on the channels that tell of requests: what they are given, in which order, and that one which throws is told as ever.
import diagnostics from 'node:diagnostics_channel';
import http from 'node:http';
import { once } from 'node:events';
const names = ['http.client.request.start', 'http.client.response.finish', 'undici:request:create', 'undici:request:headers', 'undici:request:trailers'];
if (process.argv[2] === 'asked') for (const name of names) console.log(name, diagnostics.hasSubscribers(name));
else {
  const seen = [];
  for (const name of names) diagnostics.subscribe(name, (message, of) => seen.push(`${String(of)} ${Object.keys(message)}`));
  diagnostics.subscribe('undici:request:headers', () => {
    throw new Error('mine');
  });
  process.on('uncaughtException', (error) => seen.push(`uncaught ${error.message} ${error.stack.split('\n').length}`));
  const server = http.createServer((request, response) => response.end('hello'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = 'http://127.0.0.1:' + server.address().port;
  await new Promise((done) => http.get(url, (response) => response.resume().on('close', done)));
  await (await fetch(url)).text();
  console.log(seen.join('\n'));
  server.close();
  server.closeAllConnections();
}

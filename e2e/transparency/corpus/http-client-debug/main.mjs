// NODE_DEBUG=fetch: undici tells its own events only where nobody else has asked for them.
import http from 'node:http';
import { once } from 'node:events';
const server = http.createServer((request, response) => response.end('hello'));
await once(server.listen(0, '127.0.0.1'), 'listening');
console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
server.close();
server.closeAllConnections();

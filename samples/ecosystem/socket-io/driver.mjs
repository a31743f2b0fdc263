// A chat over socket.io: namespaces, rooms, acknowledgements, binary data, middleware that refuses, both transports.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';

const http = createServer((_request, response) => response.end('plain http'));
const server = new Server(http, { pingInterval: 200, pingTimeout: 400 });
const log = [];

server.use((socket, next) => {
  const { name } = socket.handshake.auth;
  if (!name) return next(Object.assign(new Error('who are you?'), { data: { code: 'anonymous' } }));
  socket.data.name = name;
  next();
});

server.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    done({ rooms: [...socket.rooms].filter((each) => each !== socket.id), members: server.sockets.adapter.rooms.get(room).size });
  });
  socket.on('say', (room, text) => socket.to(room).emit('said', socket.data.name, text));
  socket.on('sum', (numbers, done) => done(null, numbers.reduce((a, b) => a + b, 0)));
  socket.on('reverse', (bytes, done) => done(Buffer.from(bytes).reverse()));
  socket.on('disconnect', (reason) => log.push(`${socket.data.name} left: ${reason}`));
});
server.of('/admin').on('connection', (socket) => socket.emit('welcome', { to: '/admin' }));

http.listen(0);
await once(http, 'listening');
const url = `http://localhost:${http.address().port}`;
const connect = async (options, path = '') => {
  const client = io(url + path, { forceNew: true, reconnection: false, ...options });
  await new Promise((done) => client.once('connect', done).once('connect_error', done));
  return client;
};

const refused = io(url, { forceNew: true, reconnection: false });
const [error] = await new Promise((done) => refused.once('connect_error', (...all) => done(all)));
console.log('refused:', error.message, error.data);
refused.close();

for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
  const [ann, bob] = await Promise.all(['ann', 'bob'].map((name) => connect({ transports, auth: { name } })));
  console.log(transports.join('+'), 'connected', ann.connected, bob.connected);
  console.log('ann joins', await ann.emitWithAck('join', 'tea'));
  console.log('bob joins', await bob.emitWithAck('join', 'tea'));
  const heard = [];
  bob.on('said', (name, text) => heard.push(`${name}: ${text}`));
  for (let i = 0; i < 50; i += 1) ann.emit('say', 'tea', `message ${i} ${'ü'.repeat(i)}`);
  console.log('sum', await ann.timeout(1000).emitWithAck('sum', Array.from({ length: 1000 }, (_, i) => i)).catch(String));
  while (heard.length < 50) await new Promise((done) => setTimeout(done, 5));
  console.log(heard.at(0), '…', heard.at(-1).length, heard.every((text, i) => text.startsWith(`ann: message ${i} `)));
  const bytes = await new Promise((done) => ann.emit('reverse', Buffer.from('abcdef'), done));
  console.log('bytes', Buffer.from(bytes).toString());
  console.log('late', await ann.timeout(20).emitWithAck('nobody listens').catch((late) => late.message));
  const before = log.length;
  ann.close();
  while (log.length === before) await new Promise((done) => setTimeout(done, 5));
  bob.close();
  while (log.length === before + 1) await new Promise((done) => setTimeout(done, 5));
  console.log(log.splice(0).join('; '));
}

const admin = io(`${url}/admin`, { forceNew: true, auth: { name: 'root' } });
console.log('admin', await new Promise((done) => admin.once('welcome', done)));
admin.close();
const answer = await fetch(url);
console.log(answer.status, (await answer.text()).slice(0, 40));
await server.close();
console.log('closed');

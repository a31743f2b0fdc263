import { register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';
const { port1, port2 } = new MessageChannel();
const heard = new Promise((done) =>
  port1.on('message', (m) => {
    port1.close();
    done(m);
  }),
);
console.log(
  register('./hooks.mjs', import.meta.url, { data: { port: port2, word: 'hello' }, transferList: [port2] }),
  register.name,
  register.length,
);
const { default: text } = await import('./note.txt');
console.log(text, await heard);

// A primary and two workers that share a port: messages, a crash that is replaced, a graceful end.
const cluster = require('node:cluster');
const http = require('node:http');
const { once } = require('node:events');

if (cluster.isPrimary) primary().catch((error) => (console.error(error), (process.exitCode = 1)));
else worker();

async function primary() {
  cluster.setupPrimary({ args: ['--as', 'worker'] });
  cluster.schedulingPolicy = cluster.SCHED_RR;
  console.log('primary', process.argv.length, process.execArgv);
  const [a, b] = [cluster.fork({ ROLE: 'a' }), cluster.fork({ ROLE: 'b' })];
  const [[, address]] = await Promise.all([once(cluster, 'listening'), once(a, 'listening'), once(b, 'listening')]);
  const answers = [];
  for (let i = 0; i < 20; i += 1) answers.push(await get(address.port, `/${i}`));
  console.log(answers.map(({ body }) => body).filter((body, index) => body.startsWith(`/${index} `)).length, 'answers');
  console.log([...new Set(answers.map(({ body }) => body.split(' ')[1]))].sort());
  for (const each of [a, b]) {
    each.send({ kind: 'facts' });
    console.log((await once(each, 'message'))[0]);
  }
  get(address.port, '/crash').catch(() => {});
  const [dead, code, signal] = await once(cluster, 'exit');
  console.log('crashed', [a, b].includes(dead), code, signal);
  const next = cluster.fork({ ROLE: 'c' });
  await once(next, 'listening');
  console.log('again', (await get(address.port, '/again')).body.startsWith('/again '));
  next.process.kill('SIGTERM');
  console.log('killed', (await once(next, 'exit')));
  const left = Object.values(cluster.workers);
  const done = once(cluster, 'exit');
  cluster.disconnect(() => console.log('disconnected', Object.keys(cluster.workers).length));
  const [, endCode] = await done;
  console.log(left.length, left[0].exitedAfterDisconnect, endCode);
}

function get(port, path) {
  return new Promise((done, fail) => {
    http
      .get({ port, path, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk)).on('end', () => done({ status: response.statusCode, body }));
      })
      .on('error', fail);
  });
}

function worker() {
  const server = http.createServer((request, response) => {
    if (request.url === '/crash') process.nextTick(() => process.exit(7));
    else response.end(`${request.url} ${process.env.ROLE} ${fibonacci(12)}`);
  });
  server.listen(0);
  process.on('message', ({ kind }) => {
    if (kind === 'facts') process.send({ role: process.env.ROLE, args: process.argv.slice(2), execArgv: process.execArgv, options: process.env.NODE_OPTIONS ?? null });
  });
}

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

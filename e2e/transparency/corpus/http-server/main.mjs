import http from 'node:http';
const server = http.createServer(function handler(req, res) {
  if (req.url === '/fail') {
    res.destroy();
    return;
  }
  let body = '';
  req.on('data', (d) => (body += d));
  req.on('end', () => {
    res.setHeader('x-a', '1');
    res.end(req.method + req.url + body);
  });
});
server.listen(0, async () => {
  const base = 'http://127.0.0.1:' + server.address().port;
  for (const [p, o] of [
    ['/a?b=1', {}],
    ['/post', { method: 'POST', body: 'text' }],
    ['/fail', {}],
  ])
    console.log(
      await fetch(base + p, o).then(
        async (r) => [r.status, r.headers.get('x-a'), await r.text()].join(),
        (e) => e.cause?.code ?? e.message,
      ),
    );
  server.close(() => console.log('closed', server.listening));
});

// An Express app that is asked for some of everything.
import { once } from 'node:events';
import http from 'node:http';
import express from 'express';

const app = express();
app.set('etag', 'strong');
app.engine('text', (path, options, done) => done(null, `${path} ${Object.keys(options).length}`));
app.use(express.json(), express.urlencoded({ extended: true }));
app.use('/static', express.static(import.meta.dirname ?? '.'));
const router = express.Router({ mergeParams: true });
router.param('id', (request, response, next, id) => {
  request.id = id;
  next();
});
router.get('/:id', (request, response) =>
  response.vary('accept').json({ id: request.id, ip: request.ip, fresh: request.fresh }),
);
router
  .route('/')
  .get((request, response) => response.type('txt').send('all'))
  .post((request, response) => response.status(201).location('/items/1').send(request.body));
app.use('/items', router);
app.get('/go', (request, response) => response.redirect('/items'));
app.get('/cookie', (request, response) =>
  response
    .cookie('a', 'b', { maxAge: 1000 })
    .clearCookie('c')
    .format({ json: () => response.json({}), default: () => response.end() }),
);
app.get('/file', (request, response) => response.sendFile(new URL(import.meta.url).pathname));
app.get('/fail', () => {
  throw new Error('no');
});
app.use((error, request, response, next) => {
  void next;
  response.status(500).send(error.message);
});
const server = http.createServer(app).listen(0);
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;
for (const path of [
  '/items',
  '/items/7?a[b]=1',
  '/go',
  '/cookie',
  '/file',
  '/fail',
  '/static/package.json',
  '/none',
])
  console.log(
    path,
    (await (await fetch(url + path, { headers: { accept: 'application/json', connection: 'close' } })).text())
      .length,
  );
for (const [type, body] of [
  ['application/json', '{"a":1}'],
  ['application/x-www-form-urlencoded', 'a=1&b[c]=2'],
  ['application/json', '{'],
])
  console.log(
    (
      await fetch(`${url}/items`, {
        method: 'POST',
        headers: { 'content-type': type, connection: 'close' },
        body,
      })
    ).status,
  );
server.close();

// A member of a yarn workspace: fastify answers requests which another member validates.
const fastify = require('fastify');
const { order, problems } = require('shared');

async function main() {
  const app = fastify({ logger: { level: 'warn', base: null, timestamp: false } });
  app.decorateRequest('seen', 0);
  app.addHook('onRequest', async (request) => void (request.seen += 1));
  app.addHook('onSend', async (_request, reply, payload) => (reply.header('x-length', payload.length), payload));
  app.setErrorHandler((error, request, reply) => {
    request.log.warn({ reason: error.message }, 'refused');
    reply.code(error.statusCode ?? 500).send({ error: error.message });
  });
  app.register(
    async (inner) => {
      inner.post('/', async (request, reply) => {
        const { success, data, error } = order.safeParse(request.body);
        return success ? reply.code(201).send({ seen: request.seen, ...data }) : reply.code(422).send(problems(error));
      });
      inner.get('/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } }, async ({ params }) => {
        if (params.id > 9) throw Object.assign(new Error(`no order ${params.id}`), { statusCode: 404 });
        return { id: params.id };
      });
    },
    { prefix: '/orders' },
  );
  const bodies = [
    { id: '7', placed: '2020-02-02', lines: [{ sku: 'tea-1', count: 2 }] },
    { id: 'x', placed: 'never', lines: [{ sku: 'TEA', count: -1, extra: true }] },
    { id: 1, placed: 0, lines: [] },
  ];
  for (const payload of bodies) {
    const answer = await app.inject({ method: 'POST', url: '/orders', payload });
    console.log(answer.statusCode, answer.headers['x-length'], answer.body);
  }
  for (const url of ['/orders/3', '/orders/three', '/orders/10', '/nowhere']) {
    const answer = await app.inject(url);
    console.log(url, answer.statusCode, answer.body);
  }
  console.log(app.printRoutes({ commonPrefix: false }));
  await app.close();
}

main();

/** One click, from the page through the server to the database and back, as rows. */
import assert from 'node:assert/strict';

/** A task's calls of these functions, in order. */
const callsOf = (rows, { thread_id, task_id }, names) =>
  rows(`
    SELECT f.name, c.start_us, c.end_us, c.uncertainty_us
    FROM calls c JOIN functions f USING (function_id)
    WHERE c.thread_id = ${thread_id} AND c.task_id = ${task_id} AND f.name IN (${names.map((name) => `'${name}'`).join()})
    ORDER BY c.call_id`);

const CLICK = `
  SELECT t.thread_id, task_id, t.name, t.start_us, t.end_us, p.clock_unsure_us AS unsure_us
  FROM tasks t JOIN threads p USING (thread_id)
  WHERE t.kind = 'click' AND t.name LIKE '%Add to cart%' AND p.kind = 'page' ORDER BY t.start_us LIMIT 1`;

/** @param {(sql: string) => Promise<object[]>} rows of the recording */
export async function oneTree(rows) {
  const [click] = await rows(CLICK);
  assert.ok(click, 'the click is no task');

  const [handler] = await callsOf(rows, click, ['add']);
  const [fetched] = await callsOf(rows, click, ['addItem']);
  assert.ok(handler && fetched, 'what the click did is not in its task');

  const [request] = await rows(`
    SELECT thread_id, resource_id, start_us, ttfb_ms, total_ms, trace_id, status FROM resources
    WHERE thread_id = ${click.thread_id} AND task_id = ${click.task_id} AND method = 'POST' AND url LIKE '%/items'`);
  assert.equal(request?.status, 201, 'the request is not in the task of the click');
  assert.match(request.trace_id, /^[0-9a-f]{32}$/);

  // Behind the dev server's proxy there are two that serve it: the proxy, and the shop.
  const served = await rows(`
    SELECT thread_id, task_id, name, start_us, end_us, trace_id FROM tasks
    WHERE asked_thread_id = ${request.thread_id} AND asked_resource_id = ${request.resource_id} ORDER BY start_us`);
  const shop = served.at(-1);
  assert.match(shop?.name ?? 'nobody serves the request', /^POST \/(?:api\/)?carts\/[^/]+\/items$/);
  assert.equal(shop.trace_id, request.trace_id);

  const [route] = await callsOf(rows, shop, ['CartService.addItem']);
  const [database] = await callsOf(rows, shop, ['CartRepository.addItem']);
  assert.ok(route && database, 'the shop did nothing for it');

  const unsure = click.unsure_us + 2 * handler.uncertainty_us;
  const renders = await callsOf(rows, click, ['CartBadge']);
  const answered = request.start_us + request.ttfb_ms * 1000;
  const render = renders.find(({ start_us }) => start_us >= answered - unsure);
  assert.ok(render, 'nothing was drawn of it');
  inOrder(
    [
      ['click', click.start_us],
      ['handler', handler.start_us],
      ['call that fetches', fetched.start_us],
      ['request', request.start_us],
      ['server', shop.start_us],
      ['route', route.start_us],
      ['database', database.start_us],
      ['database answered', database.end_us],
      ['route answered', route.end_us],
      ['response', answered],
      ['render', render.start_us],
      ['end of the task', click.end_us],
    ],
    unsure,
  );
}

/** Each begins where the one before it did, or later, as far as the clocks of page and machine can be compared. */
function inOrder(steps, unsure) {
  const shown = steps.map(([name, us]) => `${name} ${Math.round(us)}`).join(' → ');
  for (const [index, [, us]] of steps.entries())
    if (index > 0) assert.ok(us >= steps[index - 1][1] - unsure, `${shown} (± ${Math.round(unsure)} µs)`);
}

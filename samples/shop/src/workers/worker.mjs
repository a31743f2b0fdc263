// What runs in a thread of the pool: takes a job, answers with its result or its failure.

import { parentPort } from 'node:worker_threads';
import { buildSearchIndex } from './tasks/build-search-index.mjs';
import { renderInvoice } from './tasks/render-invoice.mjs';
import { renderThumbnail } from './tasks/render-thumbnail.mjs';

/** Each task returns { result, transfer? }: what is in `transfer` moves to the main thread without a copy. */
const TASKS = {
  'build-search-index': buildSearchIndex,
  'render-invoice': renderInvoice,
  'render-thumbnail': renderThumbnail,
};

parentPort.on('message', ({ task, payload }) => {
  // Closing the port ends the thread once nothing else is left to do.
  if (task === 'exit') parentPort.close();
  else perform(task, payload);
});

function perform(task, payload) {
  try {
    if (!Object.hasOwn(TASKS, task)) throw new TypeError(`unknown task "${task}"`);
    const { result, transfer = [] } = TASKS[task](payload);
    parentPort.postMessage({ result }, transfer);
  } catch (error) {
    parentPort.postMessage({ failure: { name: error.name, message: error.message } });
  }
}

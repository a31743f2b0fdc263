// One JSON object per line on stderr, so that stdout stays free for what the program has to say.

import { currentContext } from './request-context.mjs';

const LEVELS = ['info', 'warn', 'error', 'silent'];

export class Logger {
  #threshold;
  #stream;

  constructor(level = 'error', stream = process.stderr) {
    this.#threshold = LEVELS.indexOf(level);
    if (this.#threshold < 0) throw new RangeError(`LOG_LEVEL must be one of ${LEVELS.join(', ')}`);
    this.#stream = stream;
  }

  info(message, fields) {
    this.#write('info', message, fields);
  }

  warn(message, fields) {
    this.#write('warn', message, fields);
  }

  error(message, fields) {
    this.#write('error', message, fields);
  }

  #write(level, message, fields = {}) {
    if (LEVELS.indexOf(level) < this.#threshold) return;
    const entry = {
      time: new Date().toISOString(),
      level,
      requestId: currentContext()?.requestId,
      message,
      ...Logger.#flatten(fields),
    };
    this.#stream.write(`${JSON.stringify(entry)}\n`);
  }

  /** JSON shows an Error as {}, so its stack is taken out by hand. */
  static #flatten(fields) {
    if (!(fields.error instanceof Error)) return fields;
    return { ...fields, error: fields.error.stack };
  }
}

import { currentContext } from '../../lib/request-context.mjs';

/** Counts and logs each request when its answer is out. */
export function accessLog({ log, stats }) {
  return (req, res, next) => {
    const context = currentContext();
    res.on('finish', () => {
      const ms = performance.now() - context.startedAt;
      stats.record(res.statusCode);
      log.info('request', {
        method: req.method,
        path: req.originalUrl,
        status: res.statusCode,
        ms: Math.round(ms),
      });
    });
    next();
  };
}

export class RequestStats {
  #byStatus = new Map();

  record(status) {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  get total() {
    let total = 0;
    for (const count of this.#byStatus.values()) total += count;
    return total;
  }

  toJSON() {
    return { total: this.total, byStatus: Object.fromEntries(this.#byStatus) };
  }
}

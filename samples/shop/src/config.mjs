// Everything the environment may change, read once at start and frozen.

import { resolve } from 'node:path';
import { FeatureFlags } from './flags.mjs';

const MINUTE = 60_000;

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns a frozen configuration; throws on a value that cannot be used, so that a typing mistake
 *   stops the start instead of surprising a customer.
 */
export function readConfig(env = process.env) {
  return Object.freeze({
    host: '127.0.0.1',
    port: readInteger(env, 'PORT', 0, { max: 65_535 }),
    logLevel: env.LOG_LEVEL ?? 'error',
    flags: FeatureFlags.fromEnv(env),

    // A folder of built pages to serve; the API is then below /api. Empty means the API alone.
    pagesFolder: env.SHOP_PAGES ? resolve(env.SHOP_PAGES) : '',

    // Empty means a file in a new temporary folder, removed at shutdown.
    databaseFile: env.SHOP_DATABASE ?? '',
    catalogueSeed: readInteger(env, 'SHOP_SEED', 2024),
    tokenSecret: env.SHOP_TOKEN_SECRET ?? 'a-secret-for-development-only',
    tokenLifetimeMs: 60 * MINUTE,

    workerThreads: readInteger(env, 'SHOP_WORKERS', 2, { min: 1, max: 16 }),

    // Wide enough for a load test from one address; production would set it near 300.
    requestsPerMinute: readInteger(env, 'SHOP_REQUESTS_PER_MINUTE', 100_000, { min: 1 }),
    couponTriesPerMinute: 5,

    reservationMs: 15 * MINUTE,
    reservationSweepMs: 200,
    categoryRefreshMs: 750,
    mailFlushMs: 50,
    lowStockThreshold: 5,

    // A request still running this long after SIGTERM is cut off.
    shutdownGraceMs: 5_000,
  });
}

function readInteger(env, name, fallback, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  }
  return value;
}

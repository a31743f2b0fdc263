/** All patterns. A new one is a file here, and a line below. */
import type { Pattern } from '../pattern.ts';
import { cyclicImports } from './cyclic-imports.ts';
import { factory } from './factory.ts';
import { floatingPromise } from './floating-promise.ts';
import { godObject } from './god-object.ts';
import { leakedListener } from './leaked-listener.ts';
import { middleware } from './middleware.ts';
import { nPlusOne } from './n-plus-one.ts';
import { observer } from './observer.ts';
import { repository } from './repository.ts';
import { sequentialAwaits } from './sequential-awaits.ts';
import { sharedModuleState } from './shared-module-state.ts';
import { singleton } from './singleton.ts';
import { stateMachine } from './state-machine.ts';
import { swallowedError } from './swallowed-error.ts';
import { syncIoInHandler } from './sync-io-in-handler.ts';
import { unboundedConcurrency } from './unbounded-concurrency.ts';
import { workerPool } from './worker-pool.ts';

export const PATTERNS: readonly Pattern[] = [
  swallowedError,
  floatingPromise,
  sharedModuleState,
  nPlusOne,
  unboundedConcurrency,
  syncIoInHandler,
  leakedListener,
  sequentialAwaits,
  cyclicImports,
  godObject,
  observer,
  factory,
  singleton,
  middleware,
  repository,
  stateMachine,
  workerPool,
];

/** All kinds of things. A new one is a file of this folder, and a line here. */
import type { ThingKind } from '../kind.ts';
import { channels } from './channels.ts';
import { clients } from './clients.ts';
import { databases } from './databases.ts';
import { emitters } from './emitters.ts';
import { pools } from './pools.ts';
import { processes } from './processes.ts';
import { queues } from './queues.ts';
import { routes } from './routes.ts';
import { servers } from './servers.ts';
import { signals } from './signals.ts';
import { timers } from './timers.ts';
import { workers } from './workers.ts';

/** What is made comes before what is done with it: what several kinds do at the end, they do in this order. */
export const THING_KINDS: readonly ThingKind[] = [processes, workers, pools, servers, routes, clients, emitters, channels, queues, databases, timers, signals]; // prettier-ignore

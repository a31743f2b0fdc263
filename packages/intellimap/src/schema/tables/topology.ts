/** Tables of the topology: what the text starts, listens to, sends, asks and schedules. They belong to no run, and are there once somebody asked for them. */
import type { Table } from '../column.ts';
import { source_functions } from './source.ts';

const path = { type: 'VARCHAR', doc: 'File of the place: `source_files.path`.' } as const;
const line = { type: 'INTEGER', doc: 'Line of the place, from 1.' } as const;
const ast_node_id = {
  ...source_functions.columns.ast_node_id,
  doc: 'The function that it is written in; of a function itself, and of a program its module body: `source_functions.ast_node_id`.',
  none: 'recordings know none there',
} as const;
const certainty = {
  type: 'ENUM',
  values: ['certain', 'likely', 'possible'],
  doc: '`certain`: what it is and what it is called stands in the text · `likely`: one of these was inferred · `possible`: it may be something else.',
} as const;
const reason = { type: 'VARCHAR', doc: 'Why it is not certain.', none: 'it is' } as const;

export const topology_nodes = {
  doc:
    'One row for each thing by which parts of the program meet each other or others, as the workspace’s text says (`intellimap topology`): programs, processes, threads, servers, routes, requests, topics, queues, ' +
    'databases, timers, signals; and one for each function that has to do with one. What runs saw of them says the view `topology_node_evidence`.',
  columns: {
    id: { type: 'VARCHAR', doc: 'The same whatever lines moved: kind, name and file; of a function its `ast_node_id`.' },
    kind: {
      type: 'ENUM',
      values: ['program', 'process', 'worker', 'pool', 'server', 'route', 'client', 'emitter', 'topic', 'channel', 'queue', 'database', 'timer', 'signal', 'function'],
      doc:
        '`program`: a file that somebody starts · `process` · `worker`: a thread, or a worker of a page · `pool`: several workers · `server` · `route`: method and path that a server answers · `client`: method and URL of requests that the ' +
        'program makes · `emitter` · `topic` of one · `channel`: messages between threads, processes or pages · `queue`: of a package or broker · `database`: a client of one · `timer` · `signal`: also errors that nobody catches, and the end of a process.',
    },
    name: { type: 'VARCHAR', doc: '`GET /carts/:id`, `order.placed`, `every 60 s in startPruning`; `*` in a URL stands for what is only known when it runs.' },
    made_with: { type: 'VARCHAR', doc: 'What it is made with: `express`, `worker_threads.Worker`; of a program why somebody may start it.', none: 'nothing says' },
    path,
    line,
    ast_node_id,
    matches: {
      type: 'VARCHAR',
      doc: 'Regular expression of what recordings call it: of routes `tasks.name`, of clients method and route of `resource_routes` (`(200|\\*)`: what that may have `*` for). Of programs, processes and workers the file.',
      none: 'they do not call it anything, or nobody knows what',
    },
    certainty,
    reason,
  },
} as const satisfies Table; // prettier-ignore

export const topology_edges = {
  doc: 'One row for each pair of `topology_nodes` that have to do with each other, as the workspace’s text says. What runs saw of them says the view `topology_edge_evidence`.',
  columns: {
    src: { type: 'VARCHAR', doc: 'From: `topology_nodes.id`.' },
    dst: { type: 'VARCHAR', doc: 'To: `topology_nodes.id`.' },
    kind: {
      type: 'ENUM',
      values: ['runs', 'spawns', 'supervises', 'listens', 'routes', 'handles', 'sends', 'requests', 'queries', 'schedules', 'has'],
      doc:
        '`runs`: a process or worker → its program · `spawns`: a function → what it starts · `supervises`: a worker or process → the function that hears of its end · `listens`: a function → a server, signal · `routes`: a server → a route · ' +
        '`handles`: a route, topic, channel, queue, timer, signal or server → a function that is called for it · `sends`: a function → a topic, channel, queue, pool · `requests`: a function → a client, a client → the route that fits · ' +
        '`queries`: a function → a database · `schedules`: a function → a timer · `has`: a program → what its files make; an emitter → its topics; a pool → its workers.',
    },
    label: { type: 'VARCHAR', doc: 'Type of the message, event, where it is mounted, method that is called.', none: 'nothing to say' },
    path,
    line,
    ast_node_id,
    certainty,
    reason,
  },
} as const satisfies Table; // prettier-ignore

/** What `intellimap run` records unless its command line says otherwise. Absent options are those of `run --help`. */
import { GATE_STATES, POLICIES } from '../recording.ts';
import type { Section } from './setting.ts';

export const record = {
  include: {
    type: 'strings',
    default: [],
    doc: 'Globs, relative to the workspace, of files that are instrumented beside its own, packages included.',
  },
  exclude: { type: 'strings', default: [], doc: 'Globs of files that are left alone; wins over `include`.' },
  tier: {
    type: 'string',
    default: 'performance',
    words: ['performance', 'edges', 'minimal', 'full_trace', 'state_only'],
    doc: 'What is kept of calls: all, timed; who called whom; hit counts; or all with values, or writes, of every function.',
  },
  values: {
    type: 'strings',
    default: [],
    doc: 'Functions, as `src/cart.ts#Cart.total`, whose arguments, results, thrown values and writes are recorded.',
  },
  state: { type: 'strings', default: [], doc: 'Functions of which only writes are recorded.' },
  redact: {
    type: 'strings',
    default: [],
    doc: 'Values of names with one of these in them are secret, too. Names on the command line are added.',
  },
  valueBudget: {
    type: 'string',
    default: null,
    doc: 'What looking at values may cost, e.g. `calls=256,rate=4,bytes=64,share=25`, which is the default.',
  },
  gates: { type: 'string', default: 'open', words: GATE_STATES, doc: 'What functions begin with.' },
  budget: {
    type: 'number',
    default: null,
    above: 0,
    unit: '% of what the program takes',
    doc: 'What recording may take of the processors. `null`: what it will.',
  },
  flight: {
    type: 'number',
    default: null,
    above: 0,
    unit: 'MiB a thread',
    doc: 'A flight recorder: so much is held in memory, and written down when something happens. `null`: all is written down.',
  },
  keepSlower: {
    type: 'number',
    default: null,
    above: 0,
    words: ['p99'],
    unit: 'ms',
    doc: 'The flight recorder also keeps when a request takes longer, or longer than 99 of 100 like it.',
  },
  keepOn: {
    type: 'string',
    default: null,
    words: ['SIGUSR1', 'SIGUSR2'],
    doc: 'A signal, sent to intellimap itself, on which the flight recorder keeps.',
  },
  sample: {
    type: 'number',
    default: null,
    above: 0,
    max: 1,
    words: ['auto'],
    unit: 'share of the tasks',
    doc: 'Keeps this share of the tasks, each whole; `auto`: as many as fit into 256 KiB a second. `null`: all.',
  },
  policy: {
    type: 'string',
    default: 'wait',
    words: POLICIES,
    doc: 'When the recorder is late: the program waits for it, or what comes then is dropped and counted.',
  },
  ring: {
    type: 'number',
    default: null,
    above: 0,
    unit: 'MiB',
    doc: 'Memory between a thread and the recorder. `null`: 4.',
  },
  processes: {
    type: 'number',
    default: null,
    min: 1,
    whole: true,
    unit: 'processes',
    doc: 'How many are recorded at a time. `null`: 64, or twice the processors where that is more.',
  },
  gc: { type: 'boolean', default: false, doc: 'Also tells garbage collections.' },
  links: { type: 'boolean', default: true, doc: 'Tells who scheduled timers and other callbacks.' },
  resources: { type: 'boolean', default: true, doc: 'Tells which requests the program makes.' },
  summary: { type: 'boolean', default: true, doc: 'Says at the end what the program did.' },
} as const satisfies Section;

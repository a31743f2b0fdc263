import { calleeName, calleeText, baseOf, functionName, importOf } from '../facts/names.ts';
import { handledBy } from '../facts/handlers.ts';
import { condition, node } from '../match.ts';
import { pattern } from '../pattern.ts';

/** Modules of Node with calls that hold the thread until the disk, a child process or a costly computation is done. */
const BLOCKING = /^(?:node:)?(?:fs|child_process|zlib|crypto)$|^(?:fs-extra|graceful-fs)$/;
const NAMES = /^(?:(?!create|get|random|sign|verify|hash)\w+)Sync$/;

const isSyncIo = condition('that holds the thread: fs.readFileSync and the like', (file, at) => {
  const { tree } = file;
  const from = importOf(file, baseOf(tree, at));
  const name =
    from !== null && from.name !== '*' && !calleeText(tree, at).includes('.')
      ? from.name
      : calleeName(tree, at);
  return from !== null && BLOCKING.test(from.specifier) && NAMES.test(name);
});

const inHandler = condition(
  'while a request waits: in a handler, or in what one calls',
  (file, at, project) => {
    const around = file.owner[at];
    return around !== 0 && handledBy(project)({ file, node: around }) !== null;
  },
);

export const syncIoInHandler = pattern({
  name: 'sync-io-in-handler',
  kind: 'anti',
  what: 'A request handler reads files, or waits for a child process, synchronously',
  why: 'Nothing else is answered meanwhile: one slow disk holds all requests',
  todo: 'use the asynchronous form, or do it once when the program starts',
  severity: 2,
  confidence: 'likely',
  match: node('CallExpression')
    .where(isSyncIo, inHandler)
    .with('the call', (_, at) => ({ call: at })),
  proof: { fact: 'ran' },
  told({ file, node: at, project }) {
    const handler = handledBy(project)({ file, node: file.owner[at] });
    const name = handler === null ? '' : functionName(handler.file.tree, handler.node);
    const isOther = handler !== null && handler.node !== file.owner[at];
    return `calls ${calleeText(file.tree, at)}() ${isOther ? `for the handler ${name === '' ? '' : `${name} `}at ${handler.file.path}:${handler.file.lineOf(handler.node)}` : 'while a request waits'}`; // prettier-ignore
  },
});

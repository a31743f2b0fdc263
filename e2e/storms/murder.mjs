/** Ends all threads that the recorder has in the process, from within: a debugger's session finds the objects of any class. */
export const MURDER = `// intellimap-ignore-file
const { Session } = require('node:inspector');
const { Worker } = require('node:worker_threads');
exports.endOwnThreads = (spared = []) => {
  globalThis.storm = { prototype: Worker.prototype };
  const session = new Session();
  session.connect();
  const post = (method, parameters) => {
    let answer;
    session.post(method, parameters, (error, result) => { if (error) throw error; answer = result; });
    return answer;
  };
  const { result } = post('Runtime.evaluate', { expression: 'storm.prototype' });
  const { objects } = post('Runtime.queryObjects', { prototypeObjectId: result.objectId });
  post('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: 'function () { storm.found = [...this]; }',
  });
  session.disconnect();
  // The thread of Node's own loader hooks is of a class below.
  const own = storm.found.filter(
    (each) =>
      Object.getPrototypeOf(each) === Worker.prototype &&
      Object.getOwnPropertySymbols(each).some((key) => String(key) === 'Symbol(kHandle)') &&
      !spared.includes(each),
  );
  for (const worker of own) worker.terminate();
  return own.length;
};
`;

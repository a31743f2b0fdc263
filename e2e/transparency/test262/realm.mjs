/** Realms with what test262 asks of a host: `print` and `$262`. */
import vm from 'node:vm';

/** Where Node can, the global object is an ordinary one, without interceptors that stand before a sandbox. */
const globals = () => vm.constants?.DONT_CONTEXTIFY ?? {};

/**
 * @param {{print: (text: unknown) => void, script: (text: string, suffix: string) => vm.Script}} host `script` compiles a text
 *   on behalf of the running test
 */
export function createRealm(host) {
  const context = vm.createContext(globals());
  return { context, ...equip(vm.runInContext('globalThis', context), context, host) };
}

/** The realm of this process, for modules that Node itself loads. */
export const ownRealm = (host) => equip(globalThis, undefined, host);

function equip(global, context, host) {
  const $262 = {
    global,
    createRealm: () => createRealm(host).$262,
    detachArrayBuffer: (buffer) => {
      structuredClone(buffer, { transfer: [buffer] });
    },
    evalScript: (text) => {
      const script = compileFor(global, () => host.script(String(text), '.evalScript.js'));
      return context === undefined ? script.runInThisContext() : script.runInContext(context);
    },
    gc: globalThis.gc,
    agent: {},
  };
  for (const [name, value] of Object.entries({ print: (text) => host.print(text), $262 }))
    Object.defineProperty(global, name, { value, writable: true, configurable: true, enumerable: false });
  return { global, $262 };
}

/** Node throws its own realm's SyntaxError. */
function compileFor(global, compile) {
  try {
    return compile();
  } catch (error) {
    throw error instanceof SyntaxError ? new global.SyntaxError(error.message) : error;
  }
}

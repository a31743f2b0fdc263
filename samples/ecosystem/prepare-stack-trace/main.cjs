// Everyone who takes over Error.prepareStackTrace: libraries that read call sites, one that maps sources, and the program itself.
const callsites = require('callsites').default ?? require('callsites');
const depd = require('depd')('sample');
const StackUtils = require('stack-utils');
const ErrorStackParser = require('error-stack-parser');
const { format } = require('./format.cjs');

const tidy = (text) => String(text).replaceAll(__dirname, '.').replace(/\(?node:.*$/gm, '(node)');
console.log(Error.prepareStackTrace.name, Error.prepareStackTrace.length, Object.getOwnPropertyNames(Error), typeof Error.prepareStackTrace);

class Widget {
  constructor(name) {
    this.name = name;
  }
  where() {
    return callsites().slice(0, 3).map((site) => [site.getTypeName(), site.getFunctionName(), site.getMethodName(), tidy(site.getFileName()), site.getLineNumber(), site.getColumnNumber(), site.isConstructor(), site.isNative(), site.isToplevel(), site.getThis() === undefined, typeof site.getFunction()]);
  }
  async later() {
    await null;
    throw new TypeError(`${this.name} is late`);
  }
  static make = (name) => new this(name);
}
const widget = Widget.make('w');
console.log(widget.where());
depd('old things');
console.log(new StackUtils({ cwd: __dirname, internals: StackUtils.nodeInternals() }).at(widget.where));
console.log(ErrorStackParser.parse(new Error('x')).slice(0, 2).map(({ fileName, lineNumber, columnNumber, functionName }) => [tidy(fileName), lineNumber, columnNumber, functionName]));

const plain = Error.prepareStackTrace;
Error.prepareStackTrace = format;
console.log(Error.prepareStackTrace.name, Error.prepareStackTrace.length);
console.log(tidy(new Error('formatted').stack));
const holder = {};
Error.captureStackTrace(holder, Widget.make);
console.log(tidy(holder.stack), Object.getOwnPropertyDescriptor(holder, 'stack') !== undefined);
Error.prepareStackTrace = (error, sites) => sites;
const sites = (() => new Error('sites').stack)();
console.log(Array.isArray(sites), sites.length, tidy(sites[0]), sites[0].constructor.name, Object.prototype.toString.call(sites[0]), Object.getPrototypeOf(sites[0]) === Object.getPrototypeOf(sites[1]));
Error.prepareStackTrace = undefined;
console.log(tidy(new Error('none').stack.split('\n').slice(0, 2).join('\n')));
Error.prepareStackTrace = plain;
console.log(Error.prepareStackTrace.name);
Error.stackTraceLimit = 1;
console.log(tidy(new RangeError('short').stack));
Error.stackTraceLimit = 10;

require('source-map-support').install({ environment: 'node', hookRequire: true });
console.log(Error.prepareStackTrace.name, tidy(new Error('mapped').stack.split('\n').slice(0, 2).join('\n')));
require('./generated.js').catch((error) => console.log(tidy(error.stack.split('\n').slice(0, 3).join('\n')))).then(() => {
  Error.prepareStackTrace = plain;
  return widget.later();
}).catch(({ stack }) => console.log(tidy(stack)));
let depth = 0;
(function dive() {
  depth += 1;
  if (depth < 3000) dive();
})();
console.log(depth);

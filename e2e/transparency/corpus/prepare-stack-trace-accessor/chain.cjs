const before = Error.prepareStackTrace;
let theirs = (error, sites) => `${error.name} of the chain\n` + sites.slice(0, 3).map((site) => `  ${site.getFunctionName()} ${site.getLineNumber()}:${site.getColumnNumber()} | ${site}`).join('\n');
const own = theirs;
const reads = [];
Object.defineProperty(Error, 'prepareStackTrace', {
  configurable: true,
  get() { reads.push('get'); return theirs; },
  set(value) { reads.push(value === own ? 'own' : typeof value); theirs = value ?? before; },
});
module.exports = { reads, own };

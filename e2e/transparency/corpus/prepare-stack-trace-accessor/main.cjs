const { reads, own } = require('./chain.cjs');
const { show } = require('./use.cjs');
show('one');
function again() { const kept = Error.prepareStackTrace; Error.prepareStackTrace = (_, sites) => 'mine ' + sites[0].getColumnNumber(); show('two'); Error.prepareStackTrace = kept; }
again();
show('three');
console.log(reads.filter((each) => each !== 'get'), Error.prepareStackTrace.name, Error.prepareStackTrace.length);
Error.prepareStackTrace = undefined;
console.log(typeof Error.prepareStackTrace);
show('four');
require('./plain.cjs');
delete require.cache[require.resolve('./use.cjs')];
require('./use.cjs').show('six');
console.log(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace').enumerable, own === undefined);

function make() {
  return new Error('x');
}
const short = (e) => String(e.stack).split('\n').slice(0, 3).join(' ').replaceAll(__dirname, '.');
const before = Error.prepareStackTrace;
console.log(typeof before, Object.keys(Error).join());
Error.prepareStackTrace = (error, sites) =>
  sites
    .slice(0, 2)
    .map((s) =>
      [
        s.getFunctionName(),
        s.getTypeName(),
        s.getMethodName(),
        s.getLineNumber(),
        s.getColumnNumber(),
        s.isNative(),
        s.isToplevel(),
        s.isConstructor(),
        s.isAsync(),
        typeof s.getThis(),
        typeof s.getFunction(),
        s.getEvalOrigin() === undefined,
        s.toString().replaceAll(__dirname, '.'),
        Object.prototype.toString.call(s),
      ].join(','),
    );
console.log(make().stack);
Error.prepareStackTrace = before;
console.log(short(make()));
Error.prepareStackTrace = undefined;
console.log(short(make()), Error.prepareStackTrace);
Error.prepareStackTrace = () => {
  throw new Error('formatter');
};
try {
  console.log(make().stack);
} catch (e) {
  console.log('threw', e.message);
}
Error.prepareStackTrace = () => 42;
console.log(make().stack);

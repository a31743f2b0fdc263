const { Session } = require('node:inspector');
const session = new Session();
session.connect();
const post = (method, params) => new Promise((resolve, reject) => session.post(method, params, (error, value) => (error ? reject(error) : resolve(value))));
(async () => {
  await post('Profiler.enable');
  await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const { a, b } = require('./lib.cjs');
  a(1);
  await b(2);
  const { result } = await post('Profiler.takePreciseCoverage');
  console.log(JSON.stringify(result.filter(({ url }) => url.endsWith('lib.cjs')).map(({ functions }) => functions)));
  await post('Profiler.stopPreciseCoverage');
  console.log(require('./later.cjs').c(), Session.prototype.post.length, Session.prototype.post.name);
  try { session.post(5); } catch (error) { console.log(error.stack); }
})();

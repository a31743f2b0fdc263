const seen = new Map();
process.on('unhandledRejection', (reason, promise) => {
  seen.set(promise, reason);
  console.log('unhandled', reason instanceof Error ? reason.message : reason);
});
process.on('rejectionHandled', (promise) => console.log('handled', seen.get(promise)));
async function reject(reason) {
  throw reason;
}
reject(new Error('one'));
reject(null);
reject(undefined);
const late = reject('late');
setTimeout(() => late.catch((r) => console.log('caught', r)), 5);

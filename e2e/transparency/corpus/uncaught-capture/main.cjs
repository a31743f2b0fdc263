process.setUncaughtExceptionCaptureCallback((e) =>
  console.log('captured', e, process.hasUncaughtExceptionCaptureCallback()),
);
setTimeout(() => {
  throw 'text';
}, 1);

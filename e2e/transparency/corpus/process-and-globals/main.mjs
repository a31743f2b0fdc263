console.log(
  process.execArgv,
  process.argv.length,
  process.argv0,
  process.title,
  Object.keys(process.env).filter((k) => /NODE_|INTELLI/.test(k)),
);
console.log(Object.getOwnPropertyNames(globalThis).sort().join());
console.log(Object.keys(process).sort().join());
console.log(process.eventNames().map(String).sort().join(), process.listenerCount('exit'));
setTimeout(
  () =>
    console.log(
      process
        .getActiveResourcesInfo()
        .filter((name) => name !== 'CloseReq')
        .join(),
    ),
  30,
);

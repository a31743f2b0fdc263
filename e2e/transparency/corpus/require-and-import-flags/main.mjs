console.log(globalThis.order, process.execArgv);

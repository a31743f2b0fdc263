const facts = { options: process.env.NODE_OPTIONS, execArgv: process.execArgv, args: process.argv.slice(2), preloaded: globalThis.preloaded, limit: Error.stackTraceLimit };
console.log(JSON.stringify(facts));

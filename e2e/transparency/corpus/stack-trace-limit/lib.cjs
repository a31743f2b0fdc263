console.log(Error.stackTraceLimit, new Error('in lib').stack.split('\n').length);

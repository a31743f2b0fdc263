console.log('run', ((n) => n + 1)(1));

console.log('start');
await new Promise(() => {});

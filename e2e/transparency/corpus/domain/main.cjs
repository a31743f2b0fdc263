const domain = require('node:domain');
const d = domain.create();
d.on('error', (e) => console.log('domain', e.message, e.domainThrown, process.domain === d));
d.run(() => {
  setTimeout(function late() {
    throw new Error('in timer');
  }, 1);
});
d.run(() =>
  process.nextTick(() => {
    const E = require('node:events');
    new E().emit('error', new Error('emitted'));
  }),
);

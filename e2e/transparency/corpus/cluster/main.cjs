const cluster = require('node:cluster');
if (cluster.isPrimary) {
  cluster.setupPrimary({ exec: __filename, args: ['--x'] });
  const out = [];
  cluster.on('exit', (worker, code, signal) => {
    out.push(['exit', worker.id, code, signal].join(' '));
    if (out.length === 4) console.log(out.sort().join('\n'));
  });
  for (const n of [1, 2])
    cluster.fork({ NUMBER: n }).on('message', (m) => {
      out.push('message ' + JSON.stringify(m));
    });
} else {
  function answer() {
    return {
      number: process.env.NUMBER,
      argv: process.argv.slice(2),
      execArgv: process.execArgv,
      ours: Object.keys(process.env).filter((k) => /^(NODE_OPTIONS|INTELLI)/.test(k)),
    };
  }
  process.send(answer(), () => process.exit(10 + Number(process.env.NUMBER)));
}

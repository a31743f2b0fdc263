// The upstream specs name modules of a build next to them; here they are those of the published package.
const Module = require('node:module');
const path = require('node:path');

const spec = path.join(__dirname, 'spec');
const dist = path.join(__dirname, 'node_modules/ajv/dist');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, parent, ...rest) {
  const wanted = name.startsWith('.') && parent?.filename?.startsWith(spec)
    ? path.relative(__dirname, path.resolve(path.dirname(parent.filename), name))
    : undefined;
  const inside = wanted === '' ? 'ajv' : /^dist\/(.*)$/.exec(wanted ?? '')?.[1];
  return resolve.call(this, inside === undefined ? name : path.join(dist, inside), parent, ...rest);
};

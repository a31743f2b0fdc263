const Module = require('node:module');
const { runMain } = Module;
Module.runMain = function mine(...args) {
  console.log('mine', runMain.name, runMain.length);
  return runMain.apply(this, args);
};

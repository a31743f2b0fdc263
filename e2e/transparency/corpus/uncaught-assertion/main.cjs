const assert = require('node:assert');
function check() { assert.strictEqual(1, 2); }
function own() { assert(0, 'own words'); }
class Trimmed extends Error {
  constructor(message, start) {
    super(message);
    Error.captureStackTrace(this, start);
  }
}
function refuse() { throw new Trimmed('refused', refuse); }
function ask() { refuse(); }
({ check, own, ask })[process.argv[2]]();

/**
 * What a generated program tells about itself. It runs inside of the program, but in `node_modules`, where nothing is recorded:
 * `tree.mjs` makes the true tree of what is written here, and the recorder has no part in it.
 *
 * A call has an id from its `in` on. Those without an `in` of their own (`enter`, `leaf`) are told by their caller.
 */
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const { threadId } = require('node:worker_threads');

const ops = [];
const say = (...op) => void ops.push(op);
const given = (op) => (id, value) => {
  say(op, id);
  return value;
};

let ids = 0;
/** Of async calls whose synchronous part is running, the innermost last; and of the generator that is just made. */
const tokens = [];
/** Generator → its token: { id } once its body began. */
const made = new WeakMap();
let timers = 0;

/** A callback that a queue calls, on an empty stack. */
const turn = (callback) => {
  return (...args) => {
    say('turn');
    try {
      return callback(...args);
    } finally {
      say('turn');
    }
  };
};

/** The same for timers, where nobody is there to catch. */
const timer = (callback) => {
  timers += 1;
  return () => {
    try {
      turn(callback)(1);
    } catch {
      // The log has it.
    } finally {
      timers -= 1;
    }
  };
};

/** What a native calls, and whose exception goes into a promise. */
const marked = (callback) => {
  return (...args) => {
    say('mark');
    try {
      return callback(...args);
    } finally {
      say('unmark');
    }
  };
};

/** Tells how a generator without a try of its own was left by `return()` or `throw()`. */
function watch(generator) {
  const token = made.get(generator);
  const answered = (how, value) => {
    try {
      const result = generator[how](value);
      if (result.done) say('closed', token.id);
      return result;
    } catch (error) {
      say('broke', token.id);
      throw error;
    }
  };
  return {
    [Symbol.iterator]() {
      return this;
    },
    // A return that a finally clause held up with a `yield` goes on here.
    next: (value) => answered('next', value),
    return: (value) => answered('return', value),
    throw: (error) => answered('throw', error),
  };
}

const shared = {
  out: given('out'),
  off: given('off'),
  back: given('back'),
  yields: given('yields'),
  again: given('again'),
  early: (id) => say('early', id),
  loops: (id, value) => {
    say('loops', id, made.has(value));
    return value;
  },
  /** What goes on with it is on the stack below it. */
  delegates: (id, value) => {
    say('delegates', id, made.has(value));
    return value;
  },
  /** Begins every catch and finally clause. */
  caught: (id) => say('caught', id),
  fails: (id) => say('fails', id),
  end: (id) => say('end', id),
  token() {
    say('mark');
    tokens.push({ id: -1 });
    return tokens.at(-1);
  },
  /** Its promise says how it ended in the end, which a function without a try cannot when what it awaits is rejected. */
  ran(promise) {
    const { id } = tokens.pop();
    say('unmark');
    promise.then(
      () => say('settled', id, 'returned'),
      () => say('settled', id, 'threw'),
    );
    return promise;
  },
  made(generator) {
    made.set(generator, tokens.pop());
    say('unmark');
    return generator;
  },
  will(value) {
    say('will');
    return value;
  },
  did(promise) {
    say('did');
    return promise;
  },
  /** Errors of `throw` statements; they are counted. */
  error() {
    say('error');
    return new Error('of the program');
  },
  /** Errors that come another way. */
  fault: () => new Error('from elsewhere'),
  watch, turn, timer, marked,
  executor: (callback) => (resolve) => resolve(marked(callback)(1)),
  // oxlint-disable-next-line unicorn/no-thenable -- that is what it is for
  thenable: (callback) => ({ then: turn((resolve) => resolve(callback(1))) }),
}; // prettier-ignore

/** What the program in `file` calls. Its functions are numbered. */
exports.truth = (file) => ({
  ...shared,
  in(fn, token) {
    const id = ids++;
    if (token?.id === -1) token.id = id;
    say('in', id, file, fn);
    return id;
  },
  /** A module: nothing is below it. */
  root(fn) {
    say('turn');
    return this.in(fn);
  },
  enter(fn) {
    return this.in(fn);
  },
  left(fn, value) {
    say('left', file, fn);
    return value;
  },
  leaf(fn, value, times = 1) {
    for (let i = 0; i < times; i += 1) {
      say('in', ids++, file, fn);
      say('left', file, fn);
    }
    return value;
  },
});

/** A program begins. */
exports.fresh = () => say('turn');

/** Until the program has nothing left to do. */
exports.settled = async () => {
  for (let quiet = 0; quiet < 3; quiet = timers > 0 ? 0 : quiet + 1)
    await new Promise((done) => setImmediate(done));
};

// Programs drop promises.
process.on('unhandledRejection', () => {});
process.on('exit', () =>
  writeFileSync(path.join(process.cwd(), `truth-${threadId}.json`), JSON.stringify(ops)),
);

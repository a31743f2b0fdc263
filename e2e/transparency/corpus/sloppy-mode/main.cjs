function dup(a, a) { return a + arguments.length; }
function linked(x) { arguments[0] = 9; return [x, arguments.callee.name, arguments.callee === linked]; }
function called() { return called.caller && called.caller.name; }
function caller() { return called(); }
with ({ inside: 5 }) { var w = inside; }
if (true) { function hoisted() { return 'h'; } }
console.log(dup(1, 2), linked(1), caller(), w, hoisted(), (function () { return this === globalThis; })(), delete globalThis.nothing, 010);
undeclared = 3; console.log(undeclared);
var { length } = (0, eval)('var fromEval = 1; "abc"'); console.log(length, fromEval, eval('w + 1'));

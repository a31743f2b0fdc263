/** Differences that cannot be mended. Each has its reason here and in docs/compatibility.md. */

const KNOWN = [
  {
    test: /built-ins\/Iterator\/prototype\/[^/]+\/result-is-iterator\.js/,
    message: /\(intermediate value\).* is not a function$/,
    why: 'V8 spells out the body of a function that is called in place, one "(intermediate value)" for each piece',
  },
];

/** @returns {string|undefined} why a run differs: only in the wording of a message, where that is known */
export function knownReason({ run, plain, recorded }) {
  if (plain.name !== recorded.name || plain.phase !== recorded.phase) return undefined;
  const isWorded = (message) => [plain, recorded].every((outcome) => message.test(outcome.message));
  return KNOWN.find(({ test, message }) => test.test(run.id) && isWorded(message))?.why;
}

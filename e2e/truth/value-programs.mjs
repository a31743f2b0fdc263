/** Random modules whose functions say what they are given, what they write, throw and return; see `value-log.cjs`. */
import { randomFrom } from './random.mjs';

/** @param {number} seed @returns {string} text of an ES module that exports an async `run` */
export function valueProgramOf(seed) {
  const random = randomFrom(seed * 104_729 + 11);
  const functions = Array.from({ length: 6 + random.below(6) }, (_, at) =>
    functionOf(`f${seed}_${at}`, random),
  );
  const calls = Array.from({ length: 12 + random.below(12) }, () => callOf(random.pick(functions), random));
  return [
    `import * as T from 'value-log';`,
    'class Box { constructor(v) { const $ = T.begin("new Box", { v }); this.v = v; T.wrote($, "this.v", v); } }',
    'let count = 0, big = 0n, last;',
    'const state = { n: 1, list: [0], late: undefined };',
    ...functions.map(({ text }) => text),
    'export async function run() {',
    '  const $ = T.begin("run", {});',
    ...calls.map((call) => `  ${call}`),
    '}',
  ].join('\n');
}

const TEXTS = [
  '',
  'a',
  'two words',
  'quote " and \\ and \n',
  'ümläut €',
  '🍐',
  '</script>',
  '\u0000\u001b[31m',
  '\u2028',
];

/** Source of a value. */
function valueOf(random, depth = 2) {
  const inner = () => valueOf(random, depth - 1);
  const list = () => Array.from({ length: random.below(4) }, inner);
  const kinds = ['number', 'text', 'odd', ...(depth > 0 ? ['array', 'object', 'map', 'box', 'error'] : [])];
  switch (random.pick(kinds)) {
    case 'number':
      return String(random.pick([0, 1, -7, 3.25, 1e21, 5e-324, random.below(1e6)]));
    case 'text':
      return JSON.stringify(random.pick(TEXTS));
    case 'odd':
      return random.pick(['undefined', 'null', 'NaN', '-0', '-Infinity', '12n', 'true', 'false']);
    case 'array':
      return random.chance(20) ? `[, ${inner()}]` : `[${list()}]`;
    case 'map':
      return `new Map([${list().map((value, at) => `[${at}, ${value}]`)}])`;
    case 'box':
      return `Object.assign(Object.create(Box.prototype), { v: ${inner()} })`;
    case 'error':
      return `new ${random.pick(['Error', 'TypeError'])}(${JSON.stringify(random.pick(TEXTS))})`;
    default:
      return `{${list().map((value, at) => `${random.pick(['p', 'q q', 'é'])}${at}: ${value}`.replace('q q', '"q q" + '))}}`.replaceAll(
        /"q q" \+ (\d+):/g,
        '"q $1":',
      );
  }
}

/** Parameters: what stands in the head, and what is said of them in the order of the recorder. */
function parametersOf(random) {
  const shapes = [
    ['a', ['a']],
    ['b = 4', ['b']],
    ['{ c, d: { e } = {} } = {}', ['c', 'd.e:e']],
    ['[g, , h] = []', ['g', 'h']],
  ];
  const picked = shapes.filter(() => random.chance(55));
  if (random.chance(30)) picked.push(['...r', ['...r:r']]);
  const names = picked
    .flatMap(([, each]) => each)
    .map((name) => (name.includes(':') ? name.split(':') : [name, name]));
  return {
    head: picked.map(([text]) => text).join(', '),
    given: `{ ${names.map(([path, variable]) => `${JSON.stringify(path)}: ${variable}`).join(', ')} }`,
  };
}

function functionOf(name, random) {
  const { head, given } = parametersOf(random);
  const kind = random.pick(['function', 'async', 'generator', 'arrow', 'short', 'method', 'asyncArrow']);
  const begin = `const $ = T.begin("${name}", ${given});`;
  const body = `${begin} ${statementsOf(random, kind).join(' ')} ${endOf(random)}`;
  const texts = {
    function: `function ${name}(${head}) { ${body} }`,
    async: `async function ${name}(${head}) { ${body} }`,
    generator: `function* ${name}(${head}) { ${body} }`,
    arrow: `const ${name} = (${head}) => { ${body} };`,
    asyncArrow: `const ${name} = async (${head}) => { ${body} };`,
    short: `const ${name} = (${head}) => T.returns(T.begin("${name}", ${given}), ${valueOf(random)});`,
    method: `const ${name} = { ${name}(${head}) { ${body} } }.${name};`,
  };
  return { name, kind, text: texts[kind] };
}

function statementsOf(random, kind) {
  const value = () => valueOf(random);
  const said = (target, text, now) => `${text}; T.wrote($, ${JSON.stringify(target)}, ${now});`;
  const all = [
    () => said('last', `last = ${value()}`, 'last'),
    () => said('count', random.pick(['count++', '++count', 'count += 2', 'count--']), 'count'),
    () => said('big', random.pick(['big++', '--big']), 'big'),
    () => said('state.n', `state.n = ${value()}`, 'state.n'),
    () => said("state['list']", `state['list'] = ${value()}`, 'state.list'),
    () =>
      `if (state.late === undefined) { state.late ??= 5; T.wrote($, "state.late", 5); } else { state.late ??= 6; }`,
    () => `let own = 1; own = ${value()};`.replaceAll('own', `own${random.below(1e6)}`),
    () => `try { throw T.throws($, ${value()}) } catch {}`,
    () => `new Box(${value()});`,
    ...(/async/.test(kind) ? [() => 'await null;'] : []),
    ...(kind === 'generator' ? [() => `yield ${value()};`] : []),
  ];
  return Array.from({ length: random.below(5) }, () => random.pick(all)());
}

function endOf(random) {
  const value = () => valueOf(random);
  return random.pick([
    () => '',
    () => 'return;',
    () => `return T.returns($, ${value()});`,
    () => `return T.returns($, ${value()});`,
    () => `return 0, T.returns($, ${value()})`,
    () => `throw T.throws($, ${value()});`,
    () => `try { return ${value()} } finally { return T.returns($, ${value()}) }`,
    () => `for (const x of [1]) { return T.returns($, ${value()}) }`,
    () => `try { return ${value()} } finally { throw T.throws($, ${value()}) }`,
  ])();
}

function callOf({ name, kind }, random) {
  const given = Array.from({ length: random.below(5) }, () => valueOf(random)).join(', ');
  const call = kind === 'generator' ? `[...${name}(${given})]` : `await ${name}(${given})`;
  return `try { ${call} } catch {}`;
}

/**
 * What most of a program consists of: a class that keeps things, functions around it, helpers, an error that never happens. And what nobody
 * needs any more, of several kinds.
 */
import { pick, some, upper, VERBS } from './random.mjs';

/**
 * @returns {{ module: import('./repository.mjs').Module, call: (variable: string) => string }} `call`: statements that make the program use it
 */
export function feature(repository, folder, domain, { style, seeds = 3, isPublic = false } = {}) {
  const { random } = repository;
  const D = upper(domain);
  const module = repository.module(`${folder}/${domain}s`, style);
  const t = (...params) => module.typed(params);
  // As people write it: static tools read types, where there are any.
  const store = module.style.types ? `store: ${D}Store` : 'store';
  const members = {
    constructor: `constructor() {\n  this.items = new Map();\n}`,
    save: `save(${t(domain)}) {\n  this.items.set(${domain}.id, ${domain});\n  return this.#stamp(${domain});\n}`,
    '#stamp': `#stamp(${t(domain)}) {\n  return { ...${domain}, saved: true };\n}`,
    find: `find(${t('id')}) {\n  return this.items.get(id) ?? this.missing(id);\n}`,
    missing: `missing(${t('id')}) {\n  throw new ${D}Error(\`no ${domain} \${id}\`);\n}`,
    size: `get size() {\n  return this.items.size;\n}`,
    '[Symbol.iterator]': `[Symbol.iterator]() {\n  return this.items.values();\n}`,
    toJSON: `toJSON() {\n  return [...this.items.values()];\n}`,
  };
  // Methods of a class that users of a library get are theirs to call.
  const seeded = some(random, isPublic ? SEEDS.filter((seed) => seed.member === undefined) : SEEDS, seeds);
  const verbs = some(random, VERBS, 6);
  const dead = [];
  for (const seed of seeded) seed.member?.({ D, domain, members, dead, verbs, t });
  module.add(`let next${D} = 1;`);
  module.cls(
    `${D}Error`,
    { describe: `describe() {\n  return \`\${this.name}: \${this.message}\`;\n}` },
    { base: 'Error' },
  );
  module.cls(`${D}Store`, members, { exported: true, deadMembers: dead });
  module.fn(`make${D}`, ['input', store], `const ${domain} = normalise${D}({ ...input, id: \`${domain}-\${next${D}++}\` });\nif (${domain}.total < 0) return refuse${D}(${domain});\nreturn store.save(${domain});`, { exported: true }); // prettier-ignore
  module.fn(`normalise${D}`, ['input'], `return { total: 0, ...input, label: label${D}(input) };`);
  module.fn(`label${D}`, ['{ name }'], `return String(name).trim().toLowerCase();`);
  // Never happens in any run, and is needed all the same.
  module.fn(`refuse${D}`, [domain], `throw explain${D}(new ${D}Error(\`bad total \${${domain}.total}\`));`);
  module.fn(`explain${D}`, ['error'], `error.advice = error.describe();\nreturn error;`);
  module.fn(`sum${D}s`, ['store'], `return [...store].map((each${module.style.types ? ': any' : ''}) => each.total).reduce((a${module.style.types ? ': any' : ''}, b${module.style.types ? ': any' : ''}) => a + b, 0);`, { exported: true }); // prettier-ignore
  for (const [index, seed] of seeded.entries())
    seed.add?.({ module, D, domain, verb: verbs[index], other: verbs[5 - (index % 3)], random });
  return {
    module,
    uses: [`${D}Store`, `make${D}`, `sum${D}s`],
    call: (v) => `const ${v} = new ${D}Store();\nmake${D}({ name: '${D} one', total: 3 }, ${v});\n${v}.find(make${D}({ name: 'two', total: 4 }, ${v}).id);\nif (${v}.size !== 2 || sum${D}s(${v}) !== 7) throw new Error('${domain}');\nif (process.argv.includes('--dump')) console.log(JSON.stringify(${v}));`, // prettier-ignore
  };
}

/** Ways to be dead. `member` changes the class before it is written, `add` adds to the module. */
export const SEEDS = [
  {
    name: 'export that nobody imports',
    add({ module, D, verb }) {
      module.fn(`${verb}${D}`, ['value'], `return [value, '${verb}'].join(':');`, {
        exported: true,
        dead: true,
      });
    },
  },
  {
    name: 'function that nobody calls',
    add({ module, D, verb }) {
      module.fn(`${verb}Old${D}`, ['value'], `const copy = { ...value };\nreturn Object.keys(copy).length;`, {
        dead: true,
      });
    },
  },
  {
    name: 'export that nobody imports, with helpers of its own',
    add({ module, D, verb, other }) {
      module.fn(`${verb}All${D}s`, ['list'], `return list.map(${other}One${D}).filter(Boolean);`, {
        exported: true,
        dead: true,
      });
      module.fn(`${other}One${D}`, ['value'], `return ${other}Part${D}(value, 2);`, { dead: true });
      module.fn(`${other}Part${D}`, ['value', 'depth'], `return depth > 0 ? value : null;`, { dead: true });
    },
  },
  {
    name: 'functions that only call each other',
    add({ module, D, verb }) {
      module.fn(`${verb}Even${D}`, ['n'], `return n === 0 ? true : ${verb}Odd${D}(n - 1);`, { dead: true });
      module.fn(`${verb}Odd${D}`, ['n'], `return n === 0 ? false : ${verb}Even${D}(n - 1);`, { dead: true });
    },
  },
  {
    name: 'method that nobody calls',
    member({ members, dead, verbs, t, domain }) {
      const name = `${verbs[0]}${upper(domain)}`;
      members[name] = `${name}(${t('id')}) {\n  return this.items.delete(id);\n}`;
      dead.push(name);
    },
  },
  {
    name: 'method whose name another class uses, too',
    member({ members, dead, t }) {
      members['close'] = `close(${t('reason')}) {\n  this.items.clear();\n  return reason;\n}`;
      dead.push('close');
    },
  },
  {
    name: 'class that nobody makes',
    add({ module, D, verb }) {
      module.cls(`${D}${upper(verb)}`, {
        constructor: `constructor(${module.typed(['store'])}) {\n  this.store = store;\n}`,
        run: `run() {\n  return this.step(this.store.size);\n}`,
        step: `step(${module.typed(['n'])}) {\n  return n + 1;\n}`,
      }, { exported: true, dead: true }); // prettier-ignore
    },
  },
  {
    name: 'static method that nobody calls',
    member({ members, dead, verbs, t }) {
      const name = `from${upper(verbs[1])}`;
      members[name] = `static ${name}(${t('text')}) {\n  return JSON.parse(text);\n}`;
      dead.push(name);
    },
  },
  {
    name: 'arrow function that nobody calls',
    add({ module, D, verb, random }) {
      const name = `${verb}Quick${D}`;
      const exported = random() < 0.5;
      if (exported) module.names.push(name);
      module.add(
        `${exported && !module.style.cjs ? 'export ' : ''}const ${name} = (${module.typed(['value'])}) => [value, ${pick(random, [1, 2, 3])}];`,
      );
      module.dead(name);
    },
  },
  {
    name: 'getter that nobody reads',
    member({ members, dead, verbs }) {
      const name = `${verbs[2]}Count`;
      members[name] = `get ${name}() {\n  return this.items.size * 2;\n}`;
      dead.push(name);
    },
  },
  {
    name: 'private method that nobody calls',
    member({ members, dead, verbs, t }) {
      const name = `#${verbs[3]}`;
      members[name] = `${name}(${t('id')}) {\n  return this.items.has(id);\n}`;
      dead.push(name);
    },
  },
  {
    name: 'entries of a table that nobody asks for',
    add({ module, D, domain, verb, other }) {
      const t = module.typed(['value']);
      const helpers = `${domain}Helpers`;
      module.add(
        `const ${helpers} = {\n  ${verb}Value(${t}) {\n    return [value];\n  },\n  ${other}Value: (${t}) => ({ value }),\n};`,
      );
      module.fn(`use${D}Helpers`, ['value'], `return ${helpers}.${verb}Value(value);`, { exported: true });
      module.add(`use${D}Helpers(1);`);
      module.dead(`${helpers}.${other}Value`, 'method');
    },
  },
  {
    name: 'export that only a comment names',
    add({ module, D, verb }) {
      module.add(`// See ${verb}Noted${D} for the way it was.`);
      module.fn(`${verb}Noted${D}`, ['text'], `return text.split('\\n');`, { exported: true, dead: true });
    },
  },
];

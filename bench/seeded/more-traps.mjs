/** More of what no run executes or no import names, and that is needed all the same: found by data, by namespaces, by mixing in. */
import { upper } from './random.mjs';

/** Services found by their name, registered somewhere else; which of their methods a job calls is data in a file. */
export function jobs(repository, folder) {
  const registry = repository.module(`${folder}/registry`);
  const printer = repository.module(`${folder}/printer`);
  const setup = repository.module(`${folder}/setup`);
  const t = (...params) => registry.typed(params);
  registry.add('const made = new Map();');
  registry.fn('provide', ['name', 'service'], 'made.set(name, service);', { exported: true });
  registry.fn('runStep', ['{ service, method, input }'], 'return made.get(service)[method](input);', {
    exported: true,
  });
  printer.cls('Printer', {
    print: `print(${t('text')}) {\n  return text;\n}`,
    printLabels: `printLabels(${t('texts')}) {\n  return texts.map(this.print);\n}`,
  }, { exported: true }); // prettier-ignore
  setup.use(registry, 'provide').use(printer, 'Printer');
  setup.fn('provideAll', [], `provide('printer', new Printer());`, { exported: true });
  const steps = [
    { service: 'printer', method: 'print', input: 'a' },
    { service: 'printer', method: 'printLabels', input: [] },
  ];
  repository.files.set('config/steps.json', JSON.stringify(steps, null, 2));
  const module = repository.module(`${folder}/work`);
  module.use(registry, 'runStep').use(setup, 'provideAll');
  module.fn('work', ['step'], 'provideAll();\nreturn runStep(step);', { exported: true });
  return { module, uses: ['work'], call: () => `work(${JSON.stringify(steps[0])});` };
}

/** Exports of a module, called by computed names; classes in a list; an object of which all values are called. */
export function lists(repository, folder, name) {
  const N = upper(name);
  const rules = repository.module(`${folder}/${name}-rules`);
  rules.fn('maximum', ['value', 'limit'], 'return value <= limit;', { exported: true });
  rules.fn('minimum', ['value', 'limit'], 'return value >= limit;', { exported: true });
  rules.fn('pattern', ['value', 'text'], 'return new RegExp(text).test(value);', { exported: true });
  const module = repository.module(`${folder}/${name}-checks`);
  const t = (...params) => module.typed(params);
  const any = module.style.types ? ': any' : '';
  module.use(rules, '*:rules');
  module.fn(`check${N}`, ['value', 'wanted'], `const known${any} = rules;\nreturn Object.entries(wanted).every(([rule, limit]) => known[rule](value, limit));`, { exported: true }); // prettier-ignore
  module.cls('Trim', {
    apply: `apply(${t('text')}) {\n  return text.trim();\n}`,
    undo: `undo(${t('text')}) {\n  return \` \${text}\`;\n}`,
  });
  module.cls('Fold', {
    apply: `apply(${t('text')}) {\n  return text.toLowerCase();\n}`,
    undo: `undo(${t('text')}) {\n  return text.toUpperCase();\n}`,
  });
  module.add('const steps = [Trim, Fold];');
  module.fn(`tidy${N}`, ['text', 'back'], `return steps.map((Step) => new Step()).reduce((all, step) => (back ? step.undo(all) : step.apply(all)), text);`, { exported: true }); // prettier-ignore
  module.add(`const cleanups = {\n  cache: () => 1,\n  files() {\n    return 2;\n  },\n};`);
  module.fn(
    `clean${N}`,
    ['really'],
    'return really ? Object.values(cleanups).map((clean) => clean()) : [];',
    { exported: true },
  );
  return { module, uses: [`check${N}`, `tidy${N}`, `clean${N}`], call: () => `check${N}(3, { maximum: 4 });\ntidy${N}(' A ', false);\nclean${N}(false);` }; // prettier-ignore
}

/** Methods mixed into a class, and set on its prototype. */
export function mixins(repository, folder, name) {
  const N = upper(name);
  const module = repository.module(`${folder}/${name}-model`);
  const t = (...params) => module.typed(params);
  module.add(`const comparable = {\n  equals(${t('other')}) {\n    return this.compare(other) === 0;\n  },\n  compare(${t('other')}) {\n    return this.value - other.value;\n  },\n};`); // prettier-ignore
  module.cls(
    `${N}Model`,
    { constructor: `constructor(${t('value')}) {\n  this.value = value;\n}` },
    { exported: true },
  );
  module.add(`Object.assign(${N}Model.prototype, comparable);`);
  module.add(`${N}Model.prototype.twice = function twice() {\n  return this.value * 2;\n};`);
  return { module, uses: [`${N}Model`], call: () => `if (new ${N}Model(2).value > 3) new ${N}Model(1).equals(new ${N}Model(1).twice());` }; // prettier-ignore
}

/** A program that only a workflow starts. */
export function scripts(repository, folder) {
  const { extension } = repository.module(`${folder}/release-notes`).fn('notes', ['tag'], 'return `notes of ${tag}`;').add(`console.log(notes('v1'));`).style; // prettier-ignore
  repository.files.set(
    '.github/workflows/release.yml',
    `jobs:\n  release:\n    steps:\n      - run: node ${folder}/release-notes${extension}\n`,
  );
}

/** Decorated, and so known to whoever decorates. */
export function decorated(repository, folder) {
  const module = repository.module(`${folder}/routes`);
  module.add('const table: Record<string, any> = {};');
  module.add(
    `const route = (path: string): any => (target: any, key: string, descriptor: any) => {\n  table[path] = descriptor.value;\n};`,
  );
  module.add(
    `class Pages {\n  @route('/home')\n  home() {\n    return 'home';\n  }\n\n  @route('/about')\n  about() {\n    return 'about';\n  }\n}`,
  );
  module.fn('open', ['path'], 'return new Pages() && table[path]();', { exported: true });
  return { module, uses: ['open'], call: () => `open('/home');` };
}

/** A barrel: what nobody takes from it is dead, what somebody does is not. */
export function barrel(repository, folder, name) {
  const N = upper(name);
  const parts = repository.module(`${folder}/${name}/parts`);
  parts.fn(`open${N}`, ['path'], `return { path, lines: [] };`, { exported: true });
  parts.fn(`close${N}`, ['file'], `return file.path;`, { exported: true });
  parts.fn(`append${N}`, ['file', 'line'], `file.lines.push(line);\nreturn file;`, {
    exported: true,
    dead: true,
  });
  const index = repository.module(`${folder}/${name}/index`);
  if (index.style.cjs) index.add(`module.exports = { ...require('./parts.js') };`);
  else index.add(`export * from './parts.js';`);
  return { module: index, uses: [`open${N}`, `close${N}`], call: () => `close${N}(open${N}('x'));` };
}

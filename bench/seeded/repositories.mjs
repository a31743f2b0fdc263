/** Six small repositories of different kinds, each with what is true about it. */
import { feature } from './features.mjs';
import { DOMAINS, randomFrom, some, upper, VERBS } from './random.mjs';
import { Repository } from './repository.mjs';
import { barrel, decorated, jobs, lists, mixins, scripts } from './more-traps.mjs';
import { controller, dispatch, events, lazily, plugins, retries, services, templates } from './traps.mjs';

export const KINDS = { server, cli, library, monorepo, typescript, mixed };

/** @returns {Repository[]} */
export const repositories = (seed, kinds = Object.keys(KINDS)) =>
  kinds.map((kind, index) => KINDS[kind](randomFrom(seed * 100 + index)));

/** The module that uses all parts, and says so when it is done. */
function main(repository, path, parts, { style, before = [] } = {}) {
  const module = repository.module(path, style);
  for (const { module: part, uses } of parts) module.use(part, ...uses);
  const calls = parts.map(({ call }, index) => `{\n  ${call(`all${index}`).replaceAll('\n', '\n  ')}\n}`);
  const lines = [...before, ...calls, `console.log('done');`].join('\n');
  if (!module.style.cjs) return module.add(lines);
  module.add(`async function main() {\n  ${lines.replaceAll('\n', '\n  ')}\n}`);
  return module.add('main();');
}

/** A file that nobody loads any more, and one that only it loads. */
function legacy(repository, folder, part, style) {
  const [verb, other] = some(repository.random, VERBS, 2);
  const helpers = repository.module(`${folder}/legacy/${other}-helpers`, style).deadFile();
  helpers.fn(`${other}Rows`, ['rows'], 'return rows.filter(isRow);', { exported: true });
  helpers.fn('isRow', ['row'], 'return row !== null;');
  const old = repository.module(`${folder}/legacy/${verb}-import`, style).deadFile();
  old.use(helpers, `${other}Rows`).use(part.module, part.uses[0]);
  old.fn(`${verb}Import`, ['rows'], `return ${other}Rows(rows).map(() => new ${part.uses[0]}());`, {
    exported: true,
  });
  return old;
}

/** An import that is left over: the export it names is dead, too. */
function leftOver(repository, module, part, style) {
  const name = `leftOver${upper(part.uses[0])}`;
  part.module.fn(name, ['value'], 'return value;', { exported: true, dead: true });
  const specifier = module.specifier(part.module);
  module.use(part.module, name);
  // A file of TypeScript or CommonJS may import the same module twice as well.
  repository.truth.unusedImports.push(`${module.path}#${specifier}#${name}`);
  void style;
}

function packagesFor(repository, module, old, { at = '', commonjs = false } = {}) {
  const code = commonjs
    ? 'module.exports = (value) => value;\nmodule.exports.of = (value) => value;\n'
    : undefined;
  const install = (name, options = {}) =>
    repository.install(name, { at, commonjs, ...(code && { code }), ...options });
  install('left-shift');
  install('deep-sort');
  install('never-missed', { unused: true });
  install('old-glue', { unused: true, listed: 'devDependencies' });
  install('loose-end', { unused: true });
  install('relic-parser', { unused: true });
  install('silent-guest', { listed: null });
  install('tool-belt', { listed: 'devDependencies', bin: 'belt' });
  install('eslint', { listed: 'devDependencies', bin: 'eslint' });
  install('eslint-plugin-tidy', { listed: 'devDependencies' });
  install('tidy-core', { listed: 'devDependencies' });
  install('rare-case');
  install('@types/left-shift', { listed: 'devDependencies' });
  const { cjs } = module.style;
  module
    .use('left-shift', 'default:shift')
    .use('deep-sort', ...(cjs ? ['of'] : ['of']))
    .use('loose-end', 'default:loose')
    .use('silent-guest', 'default:guest');
  module.add(`console.assert(shift(1) + of(1) + guest(1) === 3);`);
  // Only where something goes wrong.
  module.add(`if (process.argv.includes('--repair')) {\n  ${cjs ? `console.log(require('rare-case'));` : `console.log(await import('rare-case'));`}\n}`); // prettier-ignore
  repository.truth.unusedImports.push(`${module.path}#loose-end#loose`);
  old.use('relic-parser', 'default:parse').add('parse(1);');
  const manifest = at === '' ? repository.manifest : repository.members.get(at);
  manifest.scripts = { ...manifest.scripts, lint: 'eslint . && belt --all' };
  repository.files.set(
    at === '' ? '.eslintrc.json' : `${at}/.eslintrc.json`,
    JSON.stringify({ plugins: ['tidy'] }),
  );
  repository.packages.find(({ name }) => name === 'eslint-plugin-tidy').peers = { 'tidy-core': '*' };
}

function server(random) {
  const repository = new Repository('seeded-server', random, 'esm', {
    type: 'module',
    main: 'src/server.js',
    scripts: { start: 'node src/server.js' },
  });
  const features = some(random, DOMAINS, 6).map((domain) => feature(repository, 'src/domain', domain));
  const parts = [
    ...features,
    dispatch(repository, 'src/actions', 'desk'),
    events(repository, 'src/jobs', 'queue'),
    services(repository, 'src/jobs'),
    retries(repository, 'src/lib'),
    lazily(repository, 'src/lib'),
    jobs(repository, 'src/steps'),
    lists(repository, 'src/checks', 'field'),
  ];
  scripts(repository, 'tools');
  const module = main(repository, 'src/server', parts, { before: SERVE });
  module.use('node:http', 'createServer');
  const old = legacy(repository, 'src', features[0]);
  packagesFor(repository, module, old);
  leftOver(repository, module, features[1]);
  module.fn(
    'route',
    ['request'],
    `const handler = routes[\`\${request.method} \${request.url}\`] ?? notFound;\nreturn handler(request);`,
  );
  module.fn('notFound', [], 'return { status: 404 };');
  module.fn('health', [], 'return { status: 200 };');
  module.fn('metrics', [], 'return { status: 200, text: String(process.uptime()) };');
  module.add(`const routes = { 'GET /health': health, 'GET /metrics': metrics };`);
  module.body.push(...module.body.splice(0, 1));
  repository.commands.push(['node', 'src/server.js']);
  repository.entries.set('.', ['src/server.js!', 'src/jobs/*.js!', 'src/lib/jobs/*.js!']);
  return repository;
}

const SERVE = [
  `const server = createServer((request, response) => response.end(JSON.stringify(route(request))));`,
  `await new Promise((done) => server.listen(0, done));`,
  `await (await fetch(\`http://localhost:\${server.address().port}/health\`)).text();`,
  `server.close();`,
];

function cli(random) {
  const repository = new Repository('seeded-cli', random, 'esm', {
    type: 'module',
    bin: { seeded: './bin/seeded.js' },
    scripts: { start: 'node bin/seeded.js' },
  });
  const features = some(random, DOMAINS, 6).map((domain) => feature(repository, 'src/core', domain));
  const parts = [
    plugins(repository, 'src/output'),
    templates(repository, 'src/output', 'page'),
    controller(repository, 'src/core', 'task'),
    barrel(repository, 'src/files', 'journal'),
    mixins(repository, 'src/core', 'money'),
  ];
  for (const [index, name] of ['list', 'add', 'sync'].entries()) {
    const command = repository.module(`src/commands/${name}`);
    const own = features.slice(2 * index, 2 * index + 2);
    for (const { module, uses } of own) command.use(module, ...uses);
    const calls = own.map(({ call }, n) => `{\n  ${call(`all${n}`).replaceAll('\n', '\n  ')}\n}`).join('\n');
    command.fn('run', ['options'], `${calls}\nreturn options;`, { exported: true });
    command.add(`export const help = '${name} things';`);
    if (index === 0) leftOver(repository, command, own[0]);
  }
  const module = main(repository, 'bin/seeded', parts, { before: [`const [name = 'list'] = process.argv.slice(2);`, `const command = await import(\`../src/commands/\${name}.js\`);`, `command.run({ name });`] }); // prettier-ignore
  const old = legacy(repository, 'src', features[0]);
  packagesFor(repository, module, old);
  repository.commands.push(['node', 'bin/seeded.js', 'list'], ['node', 'bin/seeded.js', 'add']);
  repository.entries.set('.', ['bin/seeded.js!', 'src/commands/*.js!', 'src/output/formats/*.js!']);
  return repository;
}

function library(random) {
  const repository = new Repository('seeded-library', random, 'cjs', {
    private: false,
    main: 'index.js',
    scripts: { test: 'node --test test/' },
  });
  const features = some(random, DOMAINS, 5).map((domain) =>
    feature(repository, 'lib', domain, { isPublic: true }),
  );
  const index = repository.module('index');
  const parts = [
    ...features,
    retries(repository, 'lib'),
    dispatch(repository, 'lib', 'shelf'),
    plugins(repository, 'lib'),
    mixins(repository, 'lib', 'weight'),
  ];
  for (const { module, uses } of parts) {
    index.use(module, ...uses);
    index.names.push(...uses);
  }
  // What users call, and no test does.
  const extra = repository.module('lib/extra');
  extra.fn('parseAll', ['texts'], 'return texts.map(parseOne);', { exported: true });
  extra.fn('parseOne', ['text'], 'return JSON.parse(text);');
  index.use(extra, 'parseAll');
  index.names.push('parseAll');
  const test = main(repository, 'test/all.test', parts, { before: [] });
  const help = repository.module('test/support/fixtures');
  help.fn('fixture', ['name'], 'return { name };', { exported: true });
  test.use(help, 'fixture').add(`fixture('a');`);
  const old = legacy(repository, 'lib', features[0]);
  packagesFor(repository, index, old, { commonjs: true });
  leftOver(repository, index, features[1]);
  repository.commands.push(['node', '--test', 'test/all.test.js']);
  repository.entries.set('.', ['index.js!', 'test/*.test.js', 'lib/formats/*.js!']);
  return repository;
}

function monorepo(random) {
  const repository = new Repository('seeded-monorepo', random, 'esm', {
    type: 'module',
    workspaces: ['packages/*'],
    scripts: { start: 'node packages/app/src/index.js' },
  });
  for (const name of ['core', 'data', 'app'])
    repository.members.set(`packages/${name}`, { name: `@seeded/${name}`, version: '1.0.0', type: 'module', private: true, ...(name === 'app' ? { main: 'src/index.js', dependencies: { '@seeded/core': '*', '@seeded/data': '*' } } : { exports: { '.': './src/index.js' } }) }); // prettier-ignore
  const domains = some(random, DOMAINS, 7);
  const built = { core: domains.slice(0, 3), data: domains.slice(3, 5), app: domains.slice(5) };
  const features = {};
  for (const [name, list] of Object.entries(built))
    features[name] = list.map((domain) => feature(repository, `packages/${name}/src`, domain));
  const parts = [
    ...features.app,
    templates(repository, 'packages/app/src', 'card'),
    lists(repository, 'packages/app/src', 'form'),
  ];
  const module = main(repository, 'packages/app/src/index', parts);
  const calls = [];
  for (const name of ['core', 'data']) {
    const index = repository.module(`packages/${name}/src/index`);
    for (const { module: part, uses, call } of features[name]) {
      index.add(`export { ${uses.join(', ')} } from '${index.specifier(part)}';`);
      module.use(`@seeded/${name}`, ...uses);
      calls.push(`{\n  ${call('all')}\n}`);
    }
  }
  module.add(calls.join('\n'));
  const old = legacy(repository, 'packages/app/src', features.app[0]);
  packagesFor(repository, module, old, { at: 'packages/app' });
  leftOver(repository, module, features.app[1]);
  repository.commands.push(['node', 'packages/app/src/index.js']);
  repository.entries.set('packages/app', ['src/index.js!']);
  repository.entries.set('packages/core', ['src/index.js!']);
  repository.entries.set('packages/data', ['src/index.js!']);
  return repository;
}

function typescript(random) {
  const repository = new Repository('seeded-typescript', random, 'ts', {
    type: 'module',
    main: 'src/main.ts',
    scripts: { start: 'tsx src/main.ts' },
  });
  repository.files.set('tsconfig.json', JSON.stringify({ compilerOptions: { target: 'es2022', module: 'nodenext', strict: false, skipLibCheck: true, experimentalDecorators: true }, include: ['src'] }, null, 2)); // prettier-ignore
  repository.files.set(
    'src/types.ts',
    'export interface Named {\n  name: string;\n}\n\nexport type Id = string;\n',
  );
  // As far as package.json tells; the real one runs it.
  repository.install('tsx', { listed: 'devDependencies', bin: 'tsx' });
  const features = some(random, DOMAINS, 6).map((domain) => feature(repository, 'src/domain', domain));
  const parts = [
    ...features,
    dispatch(repository, 'src/app', 'desk'),
    controller(repository, 'src/app', 'user'),
    events(repository, 'src/app', 'bus'),
    plugins(repository, 'src/app'),
    templates(repository, 'src/app', 'mail'),
    services(repository, 'src/app'),
    jobs(repository, 'src/steps'),
    decorated(repository, 'src/app'),
    barrel(repository, 'src/files', 'ledger'),
  ];
  const module = main(repository, 'src/main', parts);
  module.imports.push(['./types.js', ['Named']]);
  module.add(`export const greet = (named: Named): string => named.name;\ngreet({ name: 'x' });`);
  const old = legacy(repository, 'src', features[0]);
  packagesFor(repository, module, old);
  leftOver(repository, module, features[1]);
  repository.commands.push(['tsx', 'src/main.ts']);
  repository.entries.set('.', ['src/main.ts!', 'src/app/formats/*.ts!']);
  return repository;
}

function mixed(random) {
  const repository = new Repository('seeded-mixed', random, 'mjs', {
    main: 'main.mjs',
    scripts: { start: 'node main.mjs' },
  });
  const domains = some(random, DOMAINS, 6);
  const features = domains.map((domain, index) =>
    feature(repository, 'lib', domain, { style: index % 2 ? 'plain-cjs' : 'mjs' }),
  );
  const parts = [
    ...features,
    lazily(repository, 'lib'),
    events(repository, 'lib', 'line'),
    lists(repository, 'lib', 'unit'),
    mixins(repository, 'lib', 'size'),
  ];
  const module = main(repository, 'main', parts);
  const old = legacy(repository, 'lib', features[0]);
  packagesFor(repository, module, old);
  leftOver(repository, module, features[2]);
  repository.commands.push(['node', 'main.mjs']);
  repository.entries.set('.', ['main.mjs!', 'lib/jobs/*.mjs!']);
  return repository;
}

/** Code that no run executes, or no import names, and that is needed all the same. */
import { upper } from './random.mjs';

/** A table of handlers, called by name. */
export function dispatch(repository, folder, name) {
  const module = repository.module(`${folder}/${name}-actions`);
  const t = module.typed(['item']);
  module.add(`const actions = {\n  open(${t}) {\n    return { ...item, open: true };\n  },\n  close(${t}) {\n    return { ...item, open: false };\n  },\n  freeze: (${t}) => Object.freeze(thaw(item)),\n};`); // prettier-ignore
  module.fn('thaw', ['item'], 'return { ...item };');
  module.fn(`perform${upper(name)}`, ['action', 'item'], `const table${module.style.types ? ': any' : ''} = actions;\nif (!(action in table)) throw new Error(action);\nreturn table[action](item);`, { exported: true }); // prettier-ignore
  return { module, uses: [`perform${upper(name)}`], call: () => `perform${upper(name)}('open', { id: 1 });` };
}

/** Methods that are called by computed names. */
export function controller(repository, folder, name) {
  const C = `${upper(name)}Controller`;
  const module = repository.module(`${folder}/${name}-controller`);
  const t = (...params) => module.typed(params);
  module.cls(C, {
    handle: `handle(${t('event', 'body')}) {\n  return this[\`on\${event}\`](body);\n}`,
    onCreate: `onCreate(${t('body')}) {\n  return { created: body };\n}`,
    onDelete: `onDelete(${t('body')}) {\n  return { deleted: body };\n}`,
    onRename: `onRename(${t('body')}) {\n  return { renamed: body };\n}`,
  }, { exported: true }); // prettier-ignore
  return { module, uses: [C], call: () => `new ${C}().handle('Create', { a: 1 });` };
}

/** Listeners of events that did not come. */
export function events(repository, folder, name) {
  const module = repository.module(`${folder}/${name}-events`);
  module.use('node:events', 'EventEmitter');
  module.fn('onStarted', ['at'], 'return at;');
  module.fn('onFailed', ['error'], 'return summary(error);');
  module.fn('summary', ['error'], 'return String(error);');
  module.fn(`watch${upper(name)}`, [], `const bus = new EventEmitter();\nbus.on('started', onStarted).on('failed', onFailed);\nbus.once('drained', () => bus.removeAllListeners());\nbus.emit('started', 1);\nreturn bus;`, { exported: true }); // prettier-ignore
  return { module, uses: [`watch${upper(name)}`], call: () => `watch${upper(name)}();` };
}

/** Files loaded by names that are only known when it runs. */
export function plugins(repository, folder, { runs = 'csv' } = {}) {
  const loader = repository.module(`${folder}/plugins`);
  const cjs = loader.style.cjs;
  const { extension } = loader.style;
  const ext = extension === '.ts' ? '.js' : extension;
  for (const name of ['csv', 'xml', 'table']) {
    const plugin = repository.module(`${folder}/formats/${name}`);
    plugin.fn('format', ['rows'], `return rows.map(row).join('${name}');`, { exported: true });
    plugin.fn('row', ['cells'], `return String(cells);`);
  }
  loader.fn(
    'load',
    ['name'],
    cjs ? `return require('./formats/' + name);` : `return import(\`./formats/\${name}${ext}\`);`,
  );
  loader.add(`${cjs ? '' : 'export '}async function formatAs(${loader.typed(['name', 'rows'])}) {\n  const plugin = await load(name);\n  return plugin.format(rows);\n}`); // prettier-ignore
  loader.names.push('formatAs');
  return { module: loader, uses: ['formatAs'], call: () => `await formatAs('${runs}', [[1], [2]]);` };
}

/** A subclass whose method only its base calls; a stream whose methods only Node calls. */
export function templates(repository, folder, name) {
  const N = upper(name);
  const module = repository.module(`${folder}/${name}-views`);
  const t = (...params) => module.typed(params);
  module.use('node:stream', 'Transform');
  module.cls(`${N}View`, { show: `show(${t('model')}) {\n  return this.render(model);\n}`, render: `render(${t('model')}) {\n  return String(model);\n}` }); // prettier-ignore
  module.cls(
    `Plain${N}View`,
    { render: `render(${t('model')}) {\n  return \`plain \${model}\`;\n}` },
    { base: `${N}View` },
  );
  module.cls(
    `Rich${N}View`,
    { render: `render(${t('model')}) {\n  return \`<b>\${model}</b>\`;\n}` },
    { base: `${N}View` },
  );
  module.cls(`${N}Stream`, { _transform: `_transform(${t('chunk', 'encoding', 'done')}) {\n  done(null, chunk);\n}`, _flush: `_flush(${t('done')}) {\n  done();\n}` }, { base: 'Transform', exported: true }); // prettier-ignore
  module.fn(`view${N}`, ['rich'], `return rich ? new Rich${N}View() : new Plain${N}View();`, {
    exported: true,
  });
  return { module, uses: [`view${N}`, `${N}Stream`], call: () => `view${N}(false).show(1);\nif (process.argv.includes('--stream')) process.stdin.pipe(new ${N}Stream());` }; // prettier-ignore
}

/** Services found by their name; which of their methods a job calls is data. */
export function services(repository, folder) {
  const container = repository.module(`${folder}/container`);
  const mailer = repository.module(`${folder}/mailer`);
  const t = (...params) => container.typed(params);
  mailer.cls('Mailer', {
    send: `send(${t('to')}) {\n  return \`sent \${to}\`;\n}`,
    sendDigest: `sendDigest(${t('to')}) {\n  return \`digest \${to}\`;\n}`,
  }, { exported: true }); // prettier-ignore
  container.use(mailer, 'Mailer');
  container.add(`const made = new Map();`);
  container.fn('register', ['name', 'make'], 'made.set(name, make());');
  container.fn('runJob', ['{ service, method, to }'], `return made.get(service)[method](to);`, {
    exported: true,
  });
  container.add(`register('mailer', () => new Mailer());`);
  repository.files.set('config/jobs.json', JSON.stringify([{ service: 'mailer', method: 'send', to: 'a' }, { service: 'mailer', method: 'sendDigest', to: 'b' }], null, 2)); // prettier-ignore
  return {
    module: container,
    uses: ['runJob'],
    call: () => `runJob({ service: 'mailer', method: 'send', to: 'a' });`,
  };
}

/** Options with callbacks that were not called. */
export function retries(repository, folder) {
  const module = repository.module(`${folder}/retry`);
  const typed = module.style.types ? ': any' : '';
  module.fn('retry', ['work', 'options'], `for (let round = 0; round < options.rounds; round++) {\n  try {\n    return work(round);\n  } catch (error) {\n    options.onFailure?.(error);\n  }\n}\nreturn options.giveUp(wait(options.rounds));`, { exported: true }); // prettier-ignore
  module.fn('wait', ['rounds'], 'return 2 ** rounds;');
  return {
    module,
    uses: ['retry'],
    call: () => `retry((n${typed}) => n + 1, {\n  rounds: 2,\n  onFailure(error${typed}) {\n    console.error(error);\n  },\n  giveUp: (ms${typed}) => ms,\n});`, // prettier-ignore
  };
}

/** Loaded only when somebody asks for it; a program of its own, started by its path. */
export function lazily(repository, folder) {
  const module = repository.module(`${folder}/diagnostics`);
  const details = repository.module(`${folder}/diagnostics-details`);
  const job = repository.module(`${folder}/jobs/nightly`);
  details.fn('collect', [], 'return process.memoryUsage();', { exported: true });
  job.fn('sweep', ['days'], 'return days * 2;');
  job.add('sweep(3);');
  const { cjs, types } = module.style;
  const specifier = module.specifier(details);
  const path = './jobs/nightly' + module.style.extension;
  module.use('node:child_process', 'fork');
  module.use('node:path', 'join');
  if (!cjs) module.use('node:url', 'fileURLToPath');
  module.add(`${cjs ? '' : 'export '}async function diagnose(${module.typed(['deep'])}) {\n  if (!deep) return null;\n  const { collect } = ${cjs ? `require('${specifier}')` : `await import('${specifier}')`};\n  return collect();\n}`); // prettier-ignore
  module.fn('startNightly', [], cjs ? `return fork(join(__dirname, '${path}'));` : `return fork(fileURLToPath(new URL('${path}', import.meta.url)));`, { exported: true }); // prettier-ignore
  module.fn('here', [], `return join('a', 'b');`, { exported: true });
  module.names.push('diagnose');
  void types;
  return { module, uses: ['diagnose', 'startNightly', 'here'], call: () => `await diagnose(false);\nhere();\nif (process.argv.includes('--nightly')) startNightly();` }; // prettier-ignore
}

export const TRAPS = [dispatch, controller, events, templates];

/** A repository in the making: its modules, what is installed in it, and what is true about it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** How a module is written. */
const STYLES = {
  esm: { extension: '.js', cjs: false, types: false },
  mjs: { extension: '.mjs', cjs: false, types: false },
  cjs: { extension: '.js', cjs: true, types: false },
  'plain-cjs': { extension: '.cjs', cjs: true, types: false },
  ts: { extension: '.ts', cjs: false, types: true },
};

export class Repository {
  files = new Map();
  modules = [];
  manifest;
  /** Of members of a monorepo: folder → manifest. */
  members = new Map();
  packages = [];
  commands = [];
  /** Entries as the documentation of static tools asks for them: folder → globs. */
  entries = new Map();
  truth = { dead: [], deadFiles: [], unusedDependencies: [], unlisted: [], unusedImports: [] };

  constructor(name, random, style, manifest = {}) {
    this.name = name;
    this.random = random;
    this.style = style;
    this.manifest = { name, version: '1.0.0', private: true, ...manifest };
  }

  module(path, style = this.style) {
    const module = new Module(this, path + STYLES[style].extension, STYLES[style]);
    this.modules.push(module);
    return module;
  }

  /** A package as if it had been installed. */
  install(
    name,
    {
      code = 'export default (value) => value;\nexport const of = (value) => value;',
      bin,
      peers,
      listed = 'dependencies',
      at = '',
      unused = false,
      commonjs = false,
    } = {},
  ) {
    this.packages.push({ name, code, bin, peers, commonjs });
    const manifest = at === '' ? this.manifest : this.members.get(at);
    if (listed !== null) (manifest[listed] ??= {})[name] = '^1.0.0';
    if (unused) this.truth.unusedDependencies.push(`${at}:${name}`);
    if (listed === null) this.truth.unlisted.push(`${at}:${name}`);
  }

  write(root) {
    for (const module of this.modules) this.files.set(module.path, module.text());
    this.files.set('package.json', JSON.stringify(this.manifest, null, 2));
    for (const [folder, manifest] of this.members) {
      this.files.set(`${folder}/package.json`, JSON.stringify(manifest, null, 2));
    }
    for (const { name, code, bin, peers, commonjs } of this.packages) {
      const folder = `node_modules/${name}`;
      this.files.set(`${folder}/index.js`, code);
      if (bin) this.files.set(`${folder}/cli.js`, '#!/usr/bin/env node\n');
      this.files.set(
        `${folder}/package.json`,
        JSON.stringify({
          name,
          version: '1.0.0',
          main: 'index.js',
          ...(commonjs ? {} : { type: 'module' }),
          ...(bin && { bin: { [bin]: './cli.js' } }),
          ...(peers && { peerDependencies: peers }),
        }),
      );
    }
    for (const [path, text] of this.files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  get functions() {
    return this.modules.reduce((sum, { count }) => sum + count, 0);
  }
}

export class Module {
  imports = [];
  body = [];
  names = [];
  count = 0;

  constructor(repository, path, style) {
    this.repository = repository;
    this.path = path;
    this.style = style;
  }

  /** Imports names of another module, or of a package. */
  use(from, ...names) {
    this.imports.push([typeof from === 'string' ? from : this.specifier(from), names]);
    return this;
  }

  specifier(other) {
    const path = posix.relative(posix.dirname(this.path), other.path);
    // As TypeScript wants it: what it will be compiled to.
    return (path.startsWith('.') ? path : `./${path}`).replace(/\.ts$/, '.js');
  }

  add(text) {
    // Functions are counted roughly, for the record only.
    this.count += (
      text.match(/\bfunction\b|=>|^\s+(?:async |static |get |\*)*[#\w[\].]+\([^)]*\) \{$/gm) ?? []
    ).length;
    this.body.push(text);
    return this;
  }

  /** `params` are plain names; they are typed where the module is. */
  fn(name, params, body, { exported = false, dead = false } = {}) {
    const head = exported && !this.style.cjs ? 'export ' : '';
    if (exported) this.names.push(name);
    if (dead) this.dead(name);
    return this.add(
      `${head}function ${name}(${this.typed(params)}) {\n  ${body.trim().replaceAll('\n', '\n  ')}\n}`,
    );
  }

  /** @param members text by name; `deadMembers` are truly dead, `dead`: all of it */
  cls(name, members, { exported = false, base = '', deadMembers = [], dead = false } = {}) {
    const head = exported && !this.style.cjs ? 'export ' : '';
    if (exported) this.names.push(name);
    for (const member of deadMembers) this.dead(`${name}.${member}`, 'method');
    if (dead) this.dead(name);
    const field = this.style.types ? '  [key: string]: any;\n' : '';
    const text = Object.values(members)
      .map((each) => `  ${each.trim().replaceAll('\n', '\n  ')}`)
      .join('\n\n');
    return this.add(`${head}class ${name}${base && ` extends ${base}`} {\n${field}${text}\n}`);
  }

  dead(name, kind) {
    const isExported = this.names.includes(name);
    this.repository.truth.dead.push({
      key: `${this.path}#${name}`,
      kind: kind ?? (isExported ? 'export' : 'internal'),
    });
  }

  deadFile() {
    this.repository.truth.deadFiles.push(this.path);
    return this;
  }

  typed(params) {
    return this.style.types
      ? params
          .map((each) =>
            each.includes('=') || each.includes(':') || each.startsWith('...') ? each : `${each}: any`,
          )
          .join(', ')
      : params.join(', ');
  }

  text() {
    const { cjs } = this.style;
    const head = this.imports.map(([from, names]) => imported(from, names, cjs));
    const tail = cjs && this.names.length > 0 ? [`module.exports = { ${this.names.join(', ')} };`] : [];
    return `${[...head, ...(head.length > 0 ? [''] : []), ...this.body.flatMap((each) => [each, '']), ...tail].join('\n').trimEnd()}\n`;
  }
}

function imported(from, names, cjs) {
  const plain = names.filter((name) => !name.includes(':'));
  const whole = names.find((name) => name.startsWith('default:'))?.slice('default:'.length);
  const all = names.find((name) => name.startsWith('*:'))?.slice(2);
  if (cjs) {
    if (whole ?? all) return `const ${whole ?? all} = require('${from}');`;
    return names.length === 0 ? `require('${from}');` : `const { ${plain.join(', ')} } = require('${from}');`;
  }
  if (all) return `import * as ${all} from '${from}';`;
  if (names.length === 0) return `import '${from}';`;
  return `import ${[...(whole ? [whole] : []), ...(plain.length > 0 ? [`{ ${plain.join(', ')} }`] : [])].join(', ')} from '${from}';`;
}

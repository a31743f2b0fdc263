/** Modules of one test in one context: vm.SourceTextModule, found by relative path, each made once. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

/** @param {(path: string) => string} textOf reads a file of the corpus by its path in the work folder */
export function moduleMap(context, textOf) {
  const made = new Map();
  const linked = new Map();

  const make = (path, type) => {
    const key = `${type ?? 'js'}:${path}`;
    if (!made.has(key)) made.set(key, type === 'json' ? json(path) : source(path, textOf(path)));
    return made.get(key);
  };
  const source = (path, text) =>
    new vm.SourceTextModule(text, {
      context,
      identifier: path,
      importModuleDynamically: dynamically,
      initializeImportMeta: (meta) => {
        meta.url = `file://${path}`;
      },
    });
  const json = (path) => {
    const value = vm.runInContext('JSON.parse', context)(textOf(path));
    return new vm.SyntheticModule(
      ['default'],
      function () {
        this.setExport('default', value);
      },
      { context, identifier: path },
    );
  };
  const resolved = (specifier, referrer, attributes) => {
    if (!/^\.{0,2}\//.test(specifier)) throw new TypeError(`no module ${specifier}`);
    return make(join(dirname(referrer), specifier), attributes?.type);
  };
  const link = (module) => {
    if (!linked.has(module)) {
      linked.set(
        module,
        module.link((specifier, { identifier }, extra) =>
          resolved(specifier, identifier, extra?.attributes ?? extra?.assert),
        ),
      );
    }
    return linked.get(module);
  };
  /** For `import()`; the referrer is a script's path when no module of ours asks. */
  const dynamically = async (specifier, referrer, attributes) => {
    const module = resolved(specifier, referrer.identifier ?? referrer.path, attributes);
    await link(module);
    await module.evaluate();
    return module;
  };

  return { make: source, link, dynamically, adopt: (path, module) => made.set(`js:${path}`, module) };
}

export const reader = (folder, corpus) => (path) =>
  readFileSync(path.startsWith(folder) ? corpus + path.slice(folder.length) : path, 'utf8');

// The TypeScript compiler checks the declarations of the DOM: the densest caller at hand.
import path from 'node:path';
import ts from 'typescript';

export const own = ['node_modules/typescript/**'];

export function prepare() {
  const options = { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], strict: true, noEmit: true, types: [] };
  const host = ts.createCompilerHost(options, true);
  const file = path.resolve('in-memory.ts');
  const source = ts.createSourceFile(
    file,
    'export const node: Node = document.body;',
    ts.ScriptTarget.ES2022,
    true,
  );
  // Files are parsed anew each time, as the compiler would: only the file system is left out.
  const texts = new Map();
  const read = host.readFile.bind(host);
  const parse = host.getSourceFile.bind(host);
  host.readFile = (name) => texts.get(name) ?? texts.set(name, read(name)).get(name);
  host.getSourceFile = (name, ...rest) => (name === file ? source : parse(name, ...rest));
  return () => {
    const program = ts.createProgram([file], options, host);
    return `${ts.getPreEmitDiagnostics(program).length} ${program.getTypeCount()} ${program.getSymbolCount()}`;
  };
}

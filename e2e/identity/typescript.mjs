import ts from 'typescript';

const files = {
  '/a.ts': `import { B } from './b'; export class A<T extends B> { constructor(private b: T) {} get name(): string { return this.b.name; } async *all() { yield* [1, 2]; } }
    enum E { X, Y = 'y'.length } namespace N { export const z = E.X } const wrong: string = N.z; export default wrong;`,
  '/b.ts': `export interface B { name: string } export const f = ({ a, ...rest }: { a: number; b?: string }) => ({ ...rest, a: a ?? 1 });`,
};
const options = {
  target: ts.ScriptTarget.ES2015,
  module: ts.ModuleKind.CommonJS,
  strict: true,
  sourceMap: true,
  declaration: true,
  lib: ['lib.es2022.d.ts'],
  // Not what npm happens to install beside it.
  types: [],
};
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.getSourceFile = (name, ...rest) =>
  files[name] ? ts.createSourceFile(name, files[name], ...rest) : getSourceFile.call(host, name, ...rest);
host.fileExists = (name) => name in files || fileExists(name);
host.readFile = (name) => files[name] ?? readFile(name);
host.writeFile = (name, text) => console.log(name, text);
const program = ts.createProgram(Object.keys(files), options, host);
for (const { file, start, messageText } of [
  ...ts.getPreEmitDiagnostics(program),
  ...program.emit().diagnostics,
]) {
  console.log(file?.fileName, start, ts.flattenDiagnosticMessageText(messageText, '\n'));
}
const source = host.readFile(ts.getDefaultLibFilePath(options).replace(/[^/]*$/, 'lib.es5.d.ts'));
console.log(
  ts.transpileModule(source.slice(0, 40_000), { compilerOptions: options, reportDiagnostics: true })
    .outputText.length,
);
const tree = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
const print = (node, depth) =>
  depth > 4
    ? ''
    : `${ts.SyntaxKind[node.kind]}@${node.pos}(${node
        .getChildren()
        .map((child) => print(child, depth + 1))
        .join()})`;
console.log(print(tree, 0).slice(0, 60_000));

/** Where `require` is somebody's own variable: the spans of functions (or the program) that declare it. */
import type { Node } from '../1-parse.ts';
import { binds } from './hoisting.ts';
import { eachChild } from './keys.ts';

export type Span = readonly [start: number, end: number];

const NAME = new Set(['require']);
/** Without one of these in the text nothing can declare it, and most files are spared the walk. */
const MAY_DECLARE =
  /\b(?:var|let|const|function|class|import|as)\s+require\b|[(,{[]\s*require\s*[,)=}\]:]|\brequire\s*=>/;

/** `host`: a wrapper function whose own parameter is the real `require`. */
export function requireScopes(program: Node, text: string, host?: Node): Span[] {
  if (!MAY_DECLARE.test(text)) return [];
  const spans: Span[] = [];
  const visit = (node: Node, scope: Node): void => {
    if (declares(node)) spans.push([scope.start, scope.end]);
    let inner = scope;
    if (Array.isArray(node['params']) && 'body' in node) {
      inner = node;
      if (node !== host && node['params'].some((p: Node) => binds(p, NAME)))
        spans.push([node.start, node.end]);
    }
    eachChild(node, (child) => visit(child, inner));
  };
  for (const statement of program['body']) {
    for (const s of statement.specifiers ?? []) if (s.local?.name === 'require') spans.push([0, text.length]);
    visit(statement, program);
  }
  return spans;
}

function declares(node: Node): boolean {
  switch (node.type) {
    case 'VariableDeclarator':
      return binds(node['id'], NAME);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node['id']?.name === 'require';
    default:
      return false;
  }
}

/** The child fields of each node type that can hold running code, in source order. */
import { visitorKeys } from 'oxc-parser';
import type { Node } from '../1-parse.ts';

/** Fields that only hold types or names. */
const TYPE_FIELDS = new Set([
  'typeAnnotation', 'typeParameters', 'typeArguments', 'returnType', 'superTypeArguments', 'implements', 'thisParam',
  'label', 'meta',
]); // prettier-ignore

/** Types whose whole subtree never runs, or (enums) whose constants a compiler folds. */
const SILENT =
  /^TS(?!Module|AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression|ExportAssignment|ParameterProperty)|^(?:Identifier|PrivateIdentifier|Literal|ThisExpression|Super|JSXText|JSXIdentifier|MetaProperty|TemplateElement|ImportDeclaration|ExportAllDeclaration)$/;

export const childKeys: Record<string, readonly string[]> = Object.fromEntries(
  Object.entries(visitorKeys).map(([type, keys]) => [
    type,
    SILENT.test(type) ? [] : keys.filter((key) => !TYPE_FIELDS.has(key)),
  ]),
);

export function eachChild(node: Node, visit: (child: Node) => void): void {
  const keys = childKeys[node.type];
  if (!keys) return;
  for (const key of keys) {
    const value = node[key];
    if (!value) continue;
    if (Array.isArray(value)) {
      for (const child of value) if (child) visit(child);
    } else visit(value);
  }
}

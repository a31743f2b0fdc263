/** Node types and the fields they stand in, as numbers. Names are ESTree's. What only types say has no place in a tree. */

/** Type → its parts in the order in which they run, or stand in the text. A type that is not listed is `Unknown`, and its parts are passed over. */
const FIELDS = {
  Unknown: '',
  Program: 'body',
  // Statements
  BlockStatement: 'body',
  BreakStatement: 'label',
  ContinueStatement: 'label',
  DebuggerStatement: '',
  DoWhileStatement: 'body test',
  EmptyStatement: '',
  ExpressionStatement: 'expression',
  ForInStatement: 'left right body',
  ForOfStatement: 'left right body',
  ForStatement: 'init test update body',
  IfStatement: 'test consequent alternate',
  LabeledStatement: 'label body',
  ReturnStatement: 'argument',
  SwitchStatement: 'discriminant cases',
  SwitchCase: 'test consequent',
  ThrowStatement: 'argument',
  TryStatement: 'block handler finalizer',
  CatchClause: 'param body',
  WhileStatement: 'test body',
  WithStatement: 'object body',
  // Declarations
  FunctionDeclaration: 'id params body',
  ClassDeclaration: 'decorators id superClass body',
  VariableDeclaration: 'declarations',
  VariableDeclarator: 'id init',
  // Functions and classes
  FunctionExpression: 'id params body',
  ArrowFunctionExpression: 'params body',
  ClassExpression: 'decorators id superClass body',
  ClassBody: 'body',
  MethodDefinition: 'decorators key value',
  PropertyDefinition: 'decorators key value',
  AccessorProperty: 'decorators key value',
  StaticBlock: 'body',
  Decorator: 'expression',
  // Expressions
  ArrayExpression: 'elements',
  /** Nothing between two commas. */
  Hole: '',
  AssignmentExpression: 'left right',
  AwaitExpression: 'argument',
  BinaryExpression: 'left right',
  CallExpression: 'callee arguments',
  ChainExpression: 'expression',
  ConditionalExpression: 'test consequent alternate',
  Identifier: '',
  ImportExpression: 'source options',
  Literal: '',
  LogicalExpression: 'left right',
  MemberExpression: 'object property',
  MetaProperty: '',
  NewExpression: 'callee arguments',
  ObjectExpression: 'properties',
  ParenthesizedExpression: 'expression',
  PrivateIdentifier: '',
  Property: 'key value',
  SequenceExpression: 'expressions',
  SpreadElement: 'argument',
  Super: '',
  TaggedTemplateExpression: 'tag quasi',
  TemplateLiteral: 'quasis expressions',
  TemplateElement: '',
  ThisExpression: '',
  UnaryExpression: 'argument',
  UpdateExpression: 'argument',
  YieldExpression: 'argument',
  // Patterns
  ArrayPattern: 'elements',
  AssignmentPattern: 'left right',
  ObjectPattern: 'properties',
  RestElement: 'argument',
  // Modules
  ExportAllDeclaration: 'exported source',
  ExportDefaultDeclaration: 'declaration',
  ExportNamedDeclaration: 'declaration specifiers source',
  ExportSpecifier: 'local exported',
  ImportDeclaration: 'specifiers source',
  ImportDefaultSpecifier: 'local',
  ImportNamespaceSpecifier: 'local',
  ImportSpecifier: 'imported local',
  // JSX
  JSXAttribute: 'name value',
  JSXElement: 'openingElement children',
  JSXEmptyExpression: '',
  JSXExpressionContainer: 'expression',
  JSXFragment: 'children',
  JSXIdentifier: '',
  JSXMemberExpression: 'object property',
  JSXNamespacedName: 'namespace name',
  JSXOpeningElement: 'name attributes',
  JSXSpreadAttribute: 'argument',
  JSXSpreadChild: 'expression',
  JSXText: '',
  // TypeScript that runs
  TSAsExpression: 'expression',
  TSEnumBody: 'members',
  TSEnumDeclaration: 'id body',
  TSEnumMember: 'id initializer',
  TSExportAssignment: 'expression',
  TSExternalModuleReference: 'expression',
  TSImportEqualsDeclaration: 'id moduleReference',
  TSInstantiationExpression: 'expression',
  TSModuleBlock: 'body',
  TSModuleDeclaration: 'id body',
  TSNonNullExpression: 'expression',
  TSParameterProperty: 'decorators parameter',
  /** `A.B` of `import a = A.B` and of `namespace A.B {}`. */
  TSQualifiedName: 'left right',
  TSSatisfiesExpression: 'expression',
  TSTypeAssertion: 'expression',
} as const;

export type KindName = keyof typeof FIELDS;

export const KIND_NAMES = Object.keys(FIELDS) as readonly KindName[];
/** Number of a type: `Kind.IfStatement`. */
export const Kind = numbered(KIND_NAMES);

export const FIELD_NAMES: readonly string[] = [
  'none',
  ...new Set(Object.values(FIELDS).flatMap((names) => names.split(' ').filter(Boolean))),
];
type FieldName = Exclude<Words<(typeof FIELDS)[KindName]>, ''> | 'none';
type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
/** Number of a field of the parent that a node stands in: `Field.callee`. */
export const Field = numbered(FIELD_NAMES as readonly FieldName[]);

/** By number of the type: its fields. */
export const FIELDS_OF: readonly (readonly FieldName[])[] = Object.values(FIELDS).map(
  (names) => names.split(' ').filter(Boolean) as FieldName[],
);

/** What a node is beside its type, as bits. */
export const Flag = {
  /** `a[b]`, `{ [b]: c }` */
  COMPUTED: 1,
  /** `a?.b`, `a?.()` */
  OPTIONAL: 2,
  ASYNC: 4,
  GENERATOR: 8,
  STATIC: 16,
  /** `for await`, `++a` in front, `yield*`, `{ a }`: each has one of these. */
  SPECIAL: 32,
  /** `{ a() {} }`; a literal that is a string; a regular expression that is none of these. */
  METHOD: 64,
  STRING: 64,
} as const;

function numbered<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, at) => [name, at])) as Record<Name, number>;
}

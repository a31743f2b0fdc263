/** Words of the enums of syntax. They are those of `graph/tree/kinds.ts`, in its order, which a test sees to: nothing is imported here. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const NODE_KINDS = words(`
  Unknown Program BlockStatement BreakStatement ContinueStatement DebuggerStatement DoWhileStatement EmptyStatement ExpressionStatement ForInStatement ForOfStatement ForStatement IfStatement
  LabeledStatement ReturnStatement SwitchStatement SwitchCase ThrowStatement TryStatement CatchClause WhileStatement WithStatement
  FunctionDeclaration ClassDeclaration VariableDeclaration VariableDeclarator
  FunctionExpression ArrowFunctionExpression ClassExpression ClassBody MethodDefinition PropertyDefinition AccessorProperty StaticBlock Decorator
  ArrayExpression Hole AssignmentExpression AwaitExpression BinaryExpression CallExpression ChainExpression ConditionalExpression Identifier ImportExpression Literal LogicalExpression
  MemberExpression MetaProperty NewExpression ObjectExpression ParenthesizedExpression PrivateIdentifier Property SequenceExpression SpreadElement Super TaggedTemplateExpression
  TemplateLiteral TemplateElement ThisExpression UnaryExpression UpdateExpression YieldExpression ArrayPattern AssignmentPattern ObjectPattern RestElement
  ExportAllDeclaration ExportDefaultDeclaration ExportNamedDeclaration ExportSpecifier ImportDeclaration ImportDefaultSpecifier ImportNamespaceSpecifier ImportSpecifier
  JSXAttribute JSXElement JSXEmptyExpression JSXExpressionContainer JSXFragment JSXIdentifier JSXMemberExpression JSXNamespacedName JSXOpeningElement JSXSpreadAttribute JSXSpreadChild JSXText
  TSAsExpression TSEnumBody TSEnumDeclaration TSEnumMember TSExportAssignment TSExternalModuleReference TSImportEqualsDeclaration TSInstantiationExpression TSModuleBlock TSModuleDeclaration
  TSNonNullExpression TSParameterProperty TSQualifiedName TSSatisfiesExpression TSTypeAssertion`);

export const NODE_FIELDS = words(`
  none body label test expression left right init update consequent alternate argument discriminant cases block handler finalizer param object id params decorators superClass declarations
  key value elements callee arguments source options property properties expressions tag quasi quasis exported declaration specifiers local imported name openingElement children namespace
  attributes members initializer moduleReference parameter`);

/** Which visitor handles which node type. Types that are not listed only have their children visited. */
import type { Node } from '../../1-parse.ts';
import type { Walk } from '../walk.ts';
import { assignment, binary, exportDefault, expressionStatement, jsxAttribute, variable } from './naming.ts';
import { awaitExpression, forOf, labeledStatement, yieldExpression } from './suspensions.ts';
import { callExpression, newExpression } from './calls.ts';
import { catchClause, throwStatement, tryStatement } from './errors.ts';
import { classLike, staticBlock } from './classes.ts';
import { functionLike } from './functions.ts';
import { array, object } from './literals.ts';
import { exportFrom, importDeclaration, importEquals, importExpression } from './imports.ts';
import { returnStatement } from './returns.ts';
import { assigned, updated } from './writes.ts';
import { moduleDeclaration, variables, withStatement } from './scopes.ts';

export type Visitor = (node: Node, walk: Walk) => void;

const nothing: Visitor = () => {};

export const visitors: Record<string, Visitor | undefined> = {
  ArrayExpression: array,
  ArrowFunctionExpression: functionLike,
  AssignmentExpression: assigned,
  AssignmentPattern: assignment,
  AwaitExpression: awaitExpression,
  BinaryExpression: binary,
  CallExpression: callExpression,
  CatchClause: catchClause,
  ClassDeclaration: classLike,
  ClassExpression: classLike,
  ExportAllDeclaration: exportFrom,
  ExportDefaultDeclaration: exportDefault,
  ExportNamedDeclaration: exportFrom,
  ExpressionStatement: expressionStatement,
  ForOfStatement: forOf,
  FunctionDeclaration: functionLike,
  FunctionExpression: functionLike,
  Identifier: nothing,
  ImportDeclaration: importDeclaration,
  ImportExpression: importExpression,
  JSXAttribute: jsxAttribute,
  LabeledStatement: labeledStatement,
  Literal: nothing,
  LogicalExpression: binary,
  NewExpression: newExpression,
  ObjectExpression: object,
  ReturnStatement: returnStatement,
  StaticBlock: staticBlock,
  TSImportEqualsDeclaration: importEquals,
  TSModuleDeclaration: moduleDeclaration,
  ThrowStatement: throwStatement,
  TryStatement: tryStatement,
  UpdateExpression: updated,
  VariableDeclaration: variables,
  VariableDeclarator: variable,
  WithStatement: withStatement,
  YieldExpression: yieldExpression,
};

/** Objects of the language and of Node: who names a member of one means none of the workspace's. */
import { isBuiltin } from 'node:module';
import { bare, type Node } from '../../transform/index.ts';
import type { Binding, Scope } from './scopes.ts';

const GLOBALS = new Set(['console', 'Math', 'JSON', 'Object', 'Array', 'Number', 'String', 'Boolean', 'Promise', 'Reflect', 'Symbol', 'Date', 'process', 'Buffer', 'performance', 'Intl', 'Atomics', 'BigInt', 'URL', 'Error', 'crypto', 'navigator']); // prettier-ignore
const MADE = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Date', 'URL', 'URLSearchParams', 'RegExp', 'Error', 'Array', 'AbortController', 'TextEncoder', 'TextDecoder', 'Headers', 'FormData', 'Response', 'Request', 'Uint8Array', 'ArrayBuffer']); // prettier-ignore
/** Modules of Node that give back what they are given. */
const GIVE_BACK =
  /^(node:)?(util|module|vm|async_hooks|test|events|worker_threads|diagnostics_channel)(\/|$)/;

const isNodes = ({ imported }: Binding): boolean =>
  imported !== undefined && isBuiltin(imported.specifier) && !GIVE_BACK.test(imported.specifier);

/** Whether what a variable is made of is an object of the language or of Node. */
export function isMadeByHost(init: Node | null, scope: Scope): boolean {
  if (init?.type === 'AwaitExpression') return isMadeByHost(bare(init['argument']), scope);
  if (init?.type !== 'NewExpression' && init?.type !== 'CallExpression') return false;
  const callee = bare(init['callee']);
  if (callee?.type === 'MemberExpression')
    return isHosts(bare(callee['object']), scope) && !isObject(callee['object']);
  if (callee?.type !== 'Identifier') return false;
  const binding = scope.find(callee['name']);
  return binding === undefined ? init.type === 'NewExpression' && MADE.has(callee['name']) : isNodes(binding);
}

/** `Object.create`, `Object.assign` and the like give back what they are given. */
const isObject = (node: Node): boolean => /^(Object|Reflect|Promise|Array)$/.test(node['name'] ?? '');

/** Whether an expression is an object of the language or of Node. To be asked when all declarations are known. */
export function isHosts(node: Node | null, scope: Scope): boolean {
  if (node?.type === 'Literal' || node?.type === 'TemplateLiteral' || node?.type === 'ArrayExpression')
    return true;
  if (node?.type === 'MetaProperty') return true;
  if (node?.type !== 'Identifier') return false;
  const binding = scope.find(node['name']);
  return binding === undefined ? GLOBALS.has(node['name']) : (binding.isHosts ?? isNodes(binding));
}

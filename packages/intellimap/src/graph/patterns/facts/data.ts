/** Calls that ask a database or a service for something, and functions that come to one. */
import { childAt, childrenOf, Field, Kind, NONE, textOf } from '../../tree/tree.ts';
import type { Project, Ref } from '../project.ts';
import type { Source } from '../source.ts';
import { baseOf, calleeName, calleeText, importOf, isGlobal, lastName, receiverText } from './names.ts';
import { nodesIn } from './places.ts';

/** Packages that are a way to a database or a service. */
const CLIENTS = /^(?:pg|postgres|mysql2?(?:\/promise)?|mariadb|mssql|oracledb|mongodb|mongoose|redis|ioredis|knex|sequelize|typeorm|@prisma\/client|drizzle-orm|@mikro-orm\/.*|@libsql\/client|@aws-sdk\/.*|@elastic\/elasticsearch|firebase-admin|axios|got|ky|node-fetch|undici|superagent|needle)$/; // prettier-ignore
const FETCHES = /^(?:axios|got|ky|node-fetch|undici|superagent|needle)$/;
/** What such a thing is called by who holds it. */
const HELD = /(?:^|[a-z_])(?:db|database|knex|prisma|pool|conn|connection|redis|mongo|sql|orm|axios|http|api|client|repo|repository|dao|model|models|gateway|collection|em|tx|trx|supabase|store|storage)$/i; // prettier-ignore
const VERB = /^(?:find|get|fetch|load|query|select|read|count|exists?|list|lookup|search|save|insert|update|upsert|delete|remove|create|put|post|patch|execute|exec|aggregate|first|all|one|many|hget|hgetall|lookup)(?:$|[A-Z_])/; // prettier-ignore

/** A call that asks for something. */
export function asksForData(file: Source, call: number): boolean {
  const { tree } = file;
  if (call === NONE || tree.kind[call] !== Kind.CallExpression) return false;
  const base = baseOf(tree, call);
  const text = calleeText(tree, call);
  if (text === 'fetch') return isGlobal(file, base);
  const from = importOf(file, base);
  if (from !== null && FETCHES.test(from.specifier) && !/create|extend/.test(lastName(text))) return true;
  if (isSql(file, call)) return true;
  const verb = calleeName(tree, call);
  if (!VERB.test(verb)) return false;
  if (from !== null && CLIENTS.test(from.specifier)) return true;
  return receiverText(tree, call)
    .split('.')
    .some((part) => HELD.test(part.replace(/\(\)$/, '').replace(/^[#_]/, '')));
}

const SQL = /^\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH|REPLACE INTO|MERGE INTO)\s/i;
const SQL_PART = /\b(?:SELECT|INSERT INTO|DELETE FROM|WHERE|VALUES|ORDER BY)\b/;

/** `session.all('SELECT …')`, `session.all(`${ITEMS} WHERE …`)`, whatever it is called. */
function isSql({ tree }: Source, call: number): boolean {
  const first = childAt(tree, call, Field.arguments);
  if (first === NONE || calleeText(tree, call).startsWith('console.')) return false;
  if (tree.kind[first] === Kind.Literal) return SQL.test(textOf(tree, first));
  const parts = tree.kind[first] === Kind.TemplateLiteral ? childrenOf(tree, first, Field.quasis) : [];
  return parts.some((part) => SQL_PART.test(textOf(tree, part)));
}

/** A call that asks for something, itself or further down. */
export function reachesData(file: Source, call: number, project: Project): boolean {
  if (asksForData(file, call)) return true;
  const callee = project.calledFunction(file, call);
  return callee !== null && functionReaches(callee, project);
}

export function functionReaches(ref: Ref, project: Project): boolean {
  const { file, node } = ref;
  return project.once('reaches data', ref, false, () =>
    nodesIn(file.tree, node, Kind.CallExpression, true).some((call) => reachesData(file, call, project)),
  );
}

/** `await f()`: the call; `NONE`: something else is awaited. */
export function awaitedCall({ tree }: Source, node: number): number {
  const argument = childAt(tree, node, Field.argument);
  return argument !== NONE && tree.kind[argument] === Kind.CallExpression ? argument : NONE;
}

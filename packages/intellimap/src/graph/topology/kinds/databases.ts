import { propertyName } from '../../patterns/facts/names.ts';
import type { Draft } from '../draft.ts';
import type { ThingKind } from '../kind.ts';
import type { Site } from '../site.ts';
import type { Made } from '../values/made.ts';
import { Kind, childAt, Field, bareNode, NONE } from '../../tree/tree.ts';

/** How a client is made, and what it is a client of. */
const CLIENTS: readonly (readonly [string, string])[] = [
  [String.raw`(?:pg\.(?:Pool|Client)|pg-promise\(\)|postgres)`, 'PostgreSQL'],
  [String.raw`mysql2?(?:/promise)?\.create(?:Pool|Connection)|mariadb\.create(?:Pool|Connection)`, 'MySQL'],
  [String.raw`mongodb\.MongoClient|mongoose(?:\.(?:connect|createConnection|model))?`, 'MongoDB'],
  [String.raw`redis\.createClient|ioredis(?:\.Redis|\.Cluster)?`, 'Redis'],
  [String.raw`@libsql/client(?:/\w+)?\.createClient|better-sqlite3|sqlite3?\.(?:Database|open)|sqlite\.DatabaseSync`, 'SQLite'],
  [String.raw`@prisma/client\.PrismaClient`, 'Prisma'],
  [String.raw`sequelize\.Sequelize|typeorm\.DataSource|knex(?:\.knex)?|kysely\.Kysely|drizzle-orm/[\w-]+\.drizzle|@mikro-orm/\w+\.MikroORM\.init`, 'SQL'],
  [String.raw`@elastic/elasticsearch\.Client|@opensearch-project/opensearch\.Client`, 'Elasticsearch'],
  [String.raw`@duckdb/node-api\.DuckDBInstance\.(?:create|fromCache)`, 'DuckDB'],
  [String.raw`@aws-sdk/client-dynamodb\.DynamoDBClient`, 'DynamoDB'],
  [String.raw`memcached|memjs\.Client\.create`, 'Memcached'],
]; // prettier-ignore
const ANY = CLIENTS.map(([source]) => source).join('|');
const USED = new RegExp(`^(?:${ANY})\\(\\)(?:\\.\\w+(?:\\(\\))*)*\\.\\w+$`);
const PACKAGES = /^(?:pg|pg-promise|postgres|mysql2?|mariadb|mongodb|mongoose|redis|ioredis|@libsql\/client|better-sqlite3|sqlite3?|node:sqlite|@prisma\/client|sequelize|typeorm|knex|kysely|drizzle-orm|@mikro-orm\/\w+|@elastic\/elasticsearch|@opensearch-project\/opensearch|@duckdb\/node-api|@aws-sdk\/client-dynamodb|memcached|memjs)(?:\/|$)/; // prettier-ignore
/** Of redis, these are messages. */
const MESSAGES =
  /\.(?:publish|p?subscribe|pSubscribe|on|once|off|quit|disconnect|close|end|duplicate|xAdd|lPush|rPush)$/;

export const databases: ThingKind = {
  name: 'databases',
  what: 'Clients of databases, and the functions that ask them',
  targets: new RegExp(`^(?:${ANY})$|${USED.source}`),
  anyMethodOf: PACKAGES,
  found(site, draft) {
    const { file, node, target } = site;
    const id = databaseAt(site, draft);
    if (id === null || MESSAGES.test(target)) return;
    if (USED.test(target) && !isContinued(site))
      draft.edge(draft.around(site), id, 'queries', { file, node, label: site.method });
  },
};

/** Of calls in a row, `client.db().collection().find()`, the last one asks. */
function isContinued({ file: { tree }, node }: Site): boolean {
  const member = tree.parent[node];
  return tree.kind[member] === Kind.MemberExpression && tree.field[member] === Field.callee && !/^(?:then|catch|finally)$/.test(propertyName(tree, member) ?? ''); // prettier-ignore
}

/** One for each place where a client is made. */
function databaseAt(site: Site, draft: Draft): string | null {
  const { target } = site;
  const made = USED.test(target) ? (site.receiver === null ? null : makerOf(site.receiver, draft)) : { file: site.file, node: site.node, frame: null }; // prettier-ignore
  if (made === null) return null;
  const called = CLIENTS.find(([source]) => new RegExp(`^(?:${source})(?:$|\\()`).test(target));
  if (called === undefined) return null;
  const { file, node } = made;
  const where = file.functionOf(file.owner[node])?.name ?? file.path;
  const api = new RegExp(`^(?:${called[0]})`).exec(target)![0];
  const id = draft.node('database', `${called[1]} of ${where}`, { file, node, madeWith: api });
  if (!USED.test(target)) draft.edge(draft.around(site), id, 'has', { file, node: site.node });
  return id;
} // prettier-ignore

/** Of `client.db().collection()` the place where the client is made. */
function makerOf(receiver: Made, draft: Draft, steps = 6): Made {
  const { file, node, frame } = receiver;
  const { tree } = file;
  const callee =
    tree.kind[node] === Kind.CallExpression ? bareNode(tree, childAt(tree, node, Field.callee)) : node;
  if (steps === 0 || callee === NONE || tree.kind[callee] !== Kind.MemberExpression) return receiver;
  const [inner] = draft.values.of(file, childAt(tree, callee, Field.object), frame);
  const isMaker = inner === undefined || !draft.api(inner).endsWith('()');
  return isMaker ? receiver : makerOf(inner, draft, steps - 1);
}

// A small shop over kysely and SQLite in WebAssembly: schema, joins, transactions, plugins; prints each statement and its rows.
import initSqlite from 'sql.js';
import { CamelCasePlugin, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';

const sqlite = new (await initSqlite()).Database();

class Driver {
  async init() {}
  async acquireConnection() {
    return {
      async executeQuery({ sql: text, parameters }) {
        const statement = sqlite.prepare(text);
        statement.bind(parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
        const rows = [];
        while (statement.step()) rows.push(statement.getAsObject());
        statement.free();
        return { rows, numAffectedRows: BigInt(sqlite.getRowsModified()), insertId: BigInt(sqlite.exec('select last_insert_rowid()')[0].values[0][0]) };
      },
      async *streamQuery() {
        throw new Error('no streams');
      },
    };
  }
  async beginTransaction() {
    sqlite.run('begin');
  }
  async commitTransaction() {
    sqlite.run('commit');
  }
  async rollbackTransaction() {
    sqlite.run('rollback');
  }
  async releaseConnection() {}
  async destroy() {
    sqlite.close();
  }
}

const db = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new Driver(),
    createIntrospector: (of) => new SqliteIntrospector(of),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  plugins: [new CamelCasePlugin()],
  log: ({ level, query, error }) => console.log(`[${level}]`, query.sql, query.parameters, error?.message ?? ''),
});

await db.schema
  .createTable('person')
  .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement())
  .addColumn('firstName', 'text', (column) => column.notNull())
  .addColumn('joinedOn', 'text')
  .execute();
await db.schema
  .createTable('pet')
  .addColumn('id', 'integer', (column) => column.primaryKey())
  .addColumn('ownerId', 'integer', (column) => column.references('person.id').onDelete('cascade'))
  .addColumn('kind', 'text', (column) => column.check(sql`kind in ('cat', 'dog')`))
  .execute();
await db.schema.createIndex('petOwner').on('pet').columns(['ownerId', 'kind']).execute();

for (let i = 1; i <= 20; i += 1) {
  await db.insertInto('person').values({ firstName: `person ${i}`, joinedOn: `20${String(i).padStart(2, '0')}-01-01` }).execute();
  for (let j = 0; j < i % 3; j += 1) await db.insertInto('pet').values({ ownerId: i, kind: j ? 'cat' : 'dog' }).execute();
}

const owners = await db
  .selectFrom('person as p')
  .leftJoin('pet', (join) => join.onRef('pet.ownerId', '=', 'p.id').on('pet.kind', '!=', 'cat'))
  .select(({ fn, eb }) => ['p.firstName', fn.count('pet.id').as('pets'), eb.case().when('p.id', '<', 5).then('old').else('new').end().as('age')])
  .where(({ and, or, eb }) => and([eb('p.id', 'in', [1, 2, 3, 7, 8]), or([eb('joinedOn', '>', '2001'), eb('firstName', 'like', '%1')])]))
  .groupBy('p.id')
  .orderBy('pets', 'desc')
  .orderBy('p.id')
  .execute();
console.table(owners);

const recursive = await db
  .withRecursive('count(n)', (of) => of.selectNoFrom(sql`1`.as('n')).unionAll(of.selectFrom('count').select(sql`n + 1`.as('n')).where('n', '<', 10)))
  .selectFrom('count')
  .select((of) => of.fn.sum('n').as('total'))
  .executeTakeFirstOrThrow();
console.log(recursive);

await db.transaction().execute(async (inner) => {
  const { numUpdatedRows } = await inner.updateTable('person').set({ firstName: 'renamed' }).where('id', '=', 3).executeTakeFirst();
  console.log('updated', numUpdatedRows);
});
const failed = await db
  .transaction()
  .execute(async (inner) => {
    await inner.deleteFrom('pet').execute();
    await inner.insertInto('pet').values({ kind: 'horse' }).execute();
  })
  .catch((error) => error.message);
console.log('rolled back:', failed, await db.selectFrom('pet').select(db.fn.countAll().as('left')).executeTakeFirst());
console.log(await db.selectFrom('person').selectAll().where('id', '=', 99).executeTakeFirstOrThrow().catch((error) => error.constructor.name));
console.log((await db.introspection.getTables()).map(({ name, columns }) => `${name}(${columns.map((column) => column.name)})`));
await db.destroy();

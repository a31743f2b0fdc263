import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ddl, describeColumn, type Table, TABLES, tablesMarkdown, viewsMarkdown } from './index.ts';

const tables = Object.entries(TABLES as Record<string, Table>);

describe('every table and column is documented', () => {
  for (const [name, table] of tables)
    test(name, () => {
      expect(table.doc.length).toBeGreaterThan(20);
      for (const [column, facts] of Object.entries(table.columns)) {
        expect(facts.doc, `${name}.${column}`).toMatch(/^\S.{5,}/s);
        if (facts.type === 'DOUBLE') expect(facts.unit, `${name}.${column} has a unit`).toBeTruthy();
        if (facts.type === 'ENUM') expect(facts.values, `${name}.${column} lists its words`).toBeTruthy();
      }
    });
});

test('DDL comments on each table and column', () => {
  const sql = ddl({
    cart: {
      doc: "A cart's row.",
      columns: { 'a"b': { type: 'DOUBLE', unit: 'ms', doc: 'Time.', none: 'never' } },
    },
  });
  expect(sql).toEqual([
    'CREATE TABLE "cart" (\n  "a""b" DOUBLE\n)',
    `COMMENT ON TABLE "cart" IS 'A cart''s row.'`,
    `COMMENT ON COLUMN "cart"."a""b" IS 'Time. Unit: ms. NULL: never.'`,
  ]);
});

test('the documentation page names every column with its unit', () => {
  const page = tablesMarkdown();
  for (const [name, table] of tables) {
    expect(page).toContain(`## ${name}\n`);
    for (const [column, facts] of Object.entries(table.columns)) {
      expect(page).toContain(`| \`${column}\` |`);
      expect(describeColumn(facts)).toContain(facts.doc);
    }
  }
});

test.each([
  ['tables.md', tablesMarkdown],
  ['views.md', viewsMarkdown],
])('docs/%s is up to date', (name, page) => {
  const file = new URL(`../../../../docs/${name}`, import.meta.url);
  const there = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : 'no such file';
  expect(there, `docs/${name} does not say what the schema says; write it anew: npm run docs`).toBe(page());
});

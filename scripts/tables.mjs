// npm run tables: writes docs/tables.md from packages/intellimap/src/schema. A test fails when the page is out of date.
import fs from 'node:fs';
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, say } from './run.mjs';

await main(async () => {
  await ensure({ install: true, build: true });
  const { tablesMarkdown } = await import('../packages/intellimap/dist/schema/index.js');
  const file = path.join(root, 'docs', 'tables.md');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, tablesMarkdown());
  say(`wrote ${path.relative(root, file)}`);
});

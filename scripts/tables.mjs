// npm run docs (and npm run tables): writes the pages of docs/ that are made from the source: tables, settings, JSON Schemas. Tests fail when one is out of date.
import fs from 'node:fs';
import path from 'node:path';
import { ensure, main } from './ensure.mjs';
import { root, say } from './run.mjs';

const dist = (name) => import(`../packages/intellimap/dist/${name}`);

await main(async () => {
  await ensure({ install: true, build: true });
  const { SCHEMAS } = await dist('cli/shapes/index.js');
  const { tablesMarkdown, viewsMarkdown } = await dist('schema/index.js');
  const { configurationMarkdown, configurationSchema, SECTIONS } = await dist('base/settings/index.js');
  write('tables.md', tablesMarkdown());
  write('views.md', viewsMarkdown());
  write('configuration.md', configurationMarkdown(SECTIONS));
  const schemas = { ...SCHEMAS, 'intellimap.config': configurationSchema(SECTIONS) };
  for (const [name, schema] of Object.entries(schemas))
    write(`schemas/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`);
});

function write(name, text) {
  const file = path.join(root, 'docs', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  say(`wrote ${path.relative(root, file)}`);
}

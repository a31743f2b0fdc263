import { createRequire } from 'node:module';

const yaml = createRequire(import.meta.url)('yaml');
export default (text) => JSON.stringify(yaml.parse(text));

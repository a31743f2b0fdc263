// Once, before anybody asks.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const template = readFileSync('page.html', 'utf8');

createServer((request, response) => {
  response.end(template.replace('{{path}}', request.url ?? '/'));
}).listen(8080);

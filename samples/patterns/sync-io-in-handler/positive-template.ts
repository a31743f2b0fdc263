// Each request reads the template again, and everybody waits.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

createServer((request, response) => {
  const template = readFileSync('page.html', 'utf8');
  response.end(template.replace('{{path}}', request.url ?? '/'));
}).listen(8080);

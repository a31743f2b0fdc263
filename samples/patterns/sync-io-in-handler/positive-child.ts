// A child process for each request.
import { execSync } from 'child_process';
import { Hono } from 'hono';

const app = new Hono();

app.get('/version', (c) => c.text(execSync('git describe --tags').toString()));

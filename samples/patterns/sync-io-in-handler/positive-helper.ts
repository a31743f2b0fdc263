// The handler calls somebody who does it.
import express from 'express';
import * as fs from 'node:fs';

const app = express();

function settingsOf(tenant: string) {
  const path = `settings/${tenant}.json`;
  return fs.existsSync(path) ? JSON.parse(fs.readFileSync(path, 'utf8')) : {};
}

app.get('/settings', (req, res) => {
  res.json(settingsOf(String(req.query.tenant)));
});

// Called so, but of no module that touches a disk.
import express from 'express';
import { renderSync } from './template.ts';

const app = express();

app.get('/', (req, res) => {
  res.send(renderSync({ title: 'home' }));
});

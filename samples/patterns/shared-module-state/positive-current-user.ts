// Whoever comes in while the first one waits is the user of both.
import express from 'express';
import { users, orders } from './data.ts';

const app = express();
let currentUser: { id: string } | undefined;

app.use(async (req, res, next) => {
  currentUser = await users.byToken(req.headers.authorization);
  next();
});

app.get('/orders', async (req, res) => {
  res.json(await orders.of(currentUser!.id));
});

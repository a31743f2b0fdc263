// A tenth of a second for each login, in which nothing else is answered.
import { scryptSync, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';

const router = Router();

async function login(req: any, res: any) {
  const user = await req.users.byName(req.body.name);
  const key = scryptSync(req.body.password, user.salt, 64);
  res.sendStatus(timingSafeEqual(key, user.key) ? 204 : 401);
}

router.post('/login', login);

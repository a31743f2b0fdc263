import { Router } from 'express';
import { signInBody } from '../schemas.mjs';
import { validate } from '../middleware/validate.mjs';

export function sessionRoutes({ auth }) {
  const routes = Router();

  routes.post('/sessions', validate({ body: signInBody }), async (req, res) => {
    const { email, password } = req.valid.body;
    const { token, customer } = await auth.signIn(email, password);
    res.status(201).json({ token, customer });
  });

  return routes;
}

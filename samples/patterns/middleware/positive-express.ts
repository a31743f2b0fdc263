// Request, response, next.
export function requireUser(req: any, res: any, next: () => void) {
  if (!req.user) {
    res.sendStatus(401);
    return;
  }
  next();
}

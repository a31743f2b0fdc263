// Asked for, and never called: it is where the way ends.
export function notFound(req: any, res: any, next: () => void) {
  res.status(404).send(`nothing at ${req.url}`);
}

// It passes nothing on but an error.
export function forbidden(req: any, res: any, next: (error?: unknown) => void) {
  next(new Error(`not allowed: ${req.url}`));
}

// An application within another one: what comes of it is handed on, an error or none.
export const mounted = (inner: any) =>
  function mountedApp(req: any, res: any, next: (error?: unknown) => void) {
    const { app } = req;
    inner.handle(req, res, (error?: unknown) => {
      req.app = app;
      next(error);
    });
  };

// It answers: next is called only where something failed.
import { app, files } from './app.ts';

app.get('/files/:name', (req: any, res: any, next: (error?: unknown) => void) => {
  files.read(req.params.name, (error: Error | null, data: string) => {
    if (error) return next(error);
    res.send(data);
  });
});

// `on` of a router is a route.
import { app } from './app.ts';

export function addRoutes(prefix: string) {
  app.on('GET', `${prefix}/health`, () => 'ok');
}

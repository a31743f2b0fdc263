/** `intellimap/vite`: pages that a Vite dev server serves, or `vite build` makes, are recorded. */
import { realpathSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { answer, collectorFile, type CollectorHost, followUpgrades, Intake } from '../collect/index.ts';
import { createScope } from '../load/scope.ts';
import { patternsOf } from '../load/globs.ts';
import { findRoot } from '../record/workspace.ts';
import { type Build, createBuild } from './build.ts';
import { mapsOfServer } from './vite-maps.ts';
import { type DevRun, devRun } from './dev-run.ts';
import { type Instrumented, instrumented, PROBE_MODULE } from './instrumented.ts';
import { probeText } from './probe-text.ts';

export interface IntelliMapOptions {
  /** Globs, relative to the workspace, of files that are recorded beside the usual; and of those that are not. */
  include?: string[];
  exclude?: string[];
  /** `vite build` makes pages that record themselves, too. Without it, only pages of the dev server do. */
  build?: boolean;
}

/** What of Vite is used here: it is not loaded for its types. */
interface DevServer {
  httpServer: Server | null;
  middlewares: {
    use: (handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void) => void;
  };
}
interface Context {
  warn: (message: string) => void;
}

const RESOLVED = `\0${PROBE_MODULE}`;

export default function intellimap(options: IntelliMapOptions = {}) {
  const root = realpathSync(findRoot(process.cwd()));
  const scope = createScope({
    root,
    include: patternsOf(options.include ?? []),
    exclude: patternsOf(options.exclude ?? []),
    own: [join(root, '.intellimap')],
  });
  let isDev = false;
  let made: Build | undefined;
  const build = (): Build => (made ??= createBuild(join(root, '.intellimap'), isDev ? 'dev' : 'build'));
  return {
    name: 'intellimap',
    // Before anybody compiles: ids and places are those of the source.
    enforce: 'pre' as const,
    apply: (_: unknown, { command }: { command: string }) => command === 'serve' || options.build === true,
    configResolved({ command }: { command: string }) {
      isDev = command === 'serve';
    },
    resolveId: (id: string) => (id === PROBE_MODULE ? RESOLVED : undefined),
    load(id: string) {
      if (id !== RESOLVED) return undefined;
      const { name, token } = build();
      const collector = isDev ? '' : `http://127.0.0.1:${collectorFile(root).port}`;
      return probeText({ build: name, token, collector, sites: 0, tier: 'performance' });
    },
    transform(this: Context, text: string, id: string, { ssr = false } = {}): Instrumented | undefined {
      // Code of the server is recorded where it runs.
      if (ssr) return undefined;
      const file = id.split('?', 1)[0];
      const settings = { scope, build: build(), tier: 'performance' as const, modules: isDev };
      return instrumented(text, file, settings, (path, reason) =>
        this.warn(`${path} is not recorded: ${reason}`),
      );
    },
    configureServer(server: DevServer) {
      const { httpServer, middlewares } = server;
      let run: DevRun | undefined;
      const micros = (): number => Number(process.hrtime.bigint() / 1000n);
      const runDir = (): string => (run ??= devRun(root, '')).folder;
      const intake = new Intake({ root, runDir, tier: 'performance', micros, mapOf: mapsOfServer(server) });
      const host: CollectorHost = { intake, micros };
      middlewares.use((request, response, next) => {
        if (!answer(request, response, host)) next();
      });
      if (httpServer === null) return;
      const end = followUpgrades(httpServer, host);
      httpServer.on('close', () => {
        end();
        intake.close();
        run?.end();
      });
    },
  };
}

/** Takes in what built pages send while a scenario runs: they belong to its run. I/O: the port of the workspace. */
import type { RunFile } from '../base/recording.ts';
import { collectorFile, hasBuild } from '../collect/index.ts';
import type { Collector } from '../collect/server.ts';
import { redactorOf } from '../record/redaction.ts';

const HOST = '127.0.0.1';

/** Undefined: somebody else has the port, and nothing was built here that would send. @throws Fault when something was */
export async function collectFor(file: RunFile, runDir: string): Promise<Collector | undefined> {
  const { root, startedAt } = file;
  const { startCollector } = await import('../collect/server.ts');
  try {
    const { port, token } = collectorFile(root);
    return await startCollector({
      root,
      run: () => ({ folder: runDir, startedAt }),
      host: HOST,
      hosts: (own) => [HOST, 'localhost', '[::1]'].map((name) => `${name}:${own}`),
      port,
      token,
      redact: redactorOf(root, file.values?.redact),
    });
  } catch (error) {
    if (hasBuild(root)) throw error;
    return undefined;
  }
}

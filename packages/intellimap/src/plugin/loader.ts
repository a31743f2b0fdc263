/** What webpack and Rspack run on each source, before their other loaders. */
import type { UpstreamMap } from '../transform/index.ts';
import type { Instrumentation, Instrumented } from './instrumentation.ts';

interface LoaderContext {
  resourcePath: string;
  _module?: { type?: string };
  getOptions(): { instrumentation: () => Instrumentation | undefined };
  callback(error: null, text: string, map?: unknown): void;
}

// oxlint-disable oxc/no-this-in-exported-function -- loaders are given their context as `this`
export default function load(this: LoaderContext, text: string, given?: UpstreamMap | string): void {
  // A program text that is wanted as something else: as an asset, for example.
  const type = this._module?.type ?? 'javascript';
  const chained = typeof given === 'string' ? (JSON.parse(given) as UpstreamMap) : given;
  const made: Instrumented | undefined = type.startsWith('javascript')
    ? this.getOptions().instrumentation()?.source(text, this.resourcePath, chained)
    : undefined;
  this.callback(null, made?.code ?? text, made?.map ?? given);
}

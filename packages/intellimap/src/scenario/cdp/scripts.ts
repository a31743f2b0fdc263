/** Texts of the scripts that a page ran, with their source maps. I/O: asks the browser, and the server that the script came from. */
import type { Cdp, ScriptParsed } from './protocol.ts';
import { ScriptText } from './script-text.ts';

/** Bytes of all texts of a page that are kept. */
const MAX_CHARACTERS = 256 << 20;
const MAP_MS = 5000;
const MAX_MAP = 64 << 20;

interface Known {
  url: string;
  mapUrl: string;
  text: Promise<string | undefined>;
}

export class Scripts {
  readonly #cdp: Cdp;
  readonly #known = new Map<string, Known>();
  readonly #texts = new Map<string, ScriptText | undefined>();
  #characters = 0;

  constructor(cdp: Cdp) {
    this.#cdp = cdp;
    cdp.on('Debugger.scriptParsed', (script: ScriptParsed) => this.#parsed(script));
  }

  /** Asked for at once: when the page has gone, so have its texts. */
  #parsed({ scriptId, url, sourceMapURL = '' }: ScriptParsed): void {
    if (!/^https?:|^file:/.test(url) || this.#characters > MAX_CHARACTERS) return;
    const text = this.#cdp.send('Debugger.getScriptSource', { scriptId }).then(
      (answer) => {
        const { scriptSource } = answer as { scriptSource: string };
        this.#characters += scriptSource.length;
        return scriptSource;
      },
      () => undefined,
    );
    this.#known.set(scriptId, { url, mapUrl: sourceMapURL, text });
  }

  /** Reads texts and maps of all that came so far; `of` knows them then. */
  async settle(): Promise<void> {
    for (const [id, { url, mapUrl, text }] of this.#known) {
      if (this.#texts.has(id)) continue;
      this.#texts.set(id, undefined);
      const source = await text;
      if (source === undefined) continue;
      const map = mapUrl === '' ? undefined : await mapOf(mapUrl, url);
      this.#texts.set(id, new ScriptText(url, source, map?.json, map?.url ?? url));
    }
  }

  of = (scriptId: string): ScriptText | undefined => this.#texts.get(scriptId);

  /** The newest of that address. */
  at = (url: string): ScriptText | undefined =>
    [...this.#texts.values()].findLast((each) => each?.url === url);
}

/** Undefined: there is none, or it lies elsewhere than the script: nobody else is asked. */
async function mapOf(mapUrl: string, url: string): Promise<{ json: unknown; url: string } | undefined> {
  try {
    if (mapUrl.startsWith('data:')) {
      const [, base64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(mapUrl) ?? [];
      if (data === undefined) return undefined;
      const text =
        base64 === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString('utf8');
      return { json: JSON.parse(text), url };
    }
    const where = new URL(mapUrl, url);
    if (where.origin !== new URL(url).origin || !/^https?:$/.test(where.protocol)) return undefined;
    const response = await fetch(where, { signal: AbortSignal.timeout(MAP_MS) });
    const text = response.ok ? await response.text() : '';
    if (text === '' || text.length > MAX_MAP) return undefined;
    return { json: JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, '')), url: where.href };
  } catch {
    return undefined;
  }
}

/** The module that instrumented files import: the bundled probe, and what it is to know. */
import { readFileSync } from 'node:fs';

/** As `BrowserSettings` of the probe. */
export interface ProbeSettings {
  build: string;
  collector: string;
  token: string;
  sites: number;
  tier: string;
  propagate?: readonly string[] | false | undefined;
  privacyKey: string | undefined;
}

export const probeFile = new URL('../../dist/bundle/browser.js', import.meta.url);

const NAMES = Array.from('bgoelafxsdrmtchvu');

export function probeText(settings: ProbeSettings): string {
  const names = NAMES.map((name) => `${name}:$im${name.toUpperCase()}`).join();
  return `${readFileSync(probeFile, 'utf8')}\nexport const {${names}}=IntelliMapProbe.start(${JSON.stringify(settings)});`;
}

/**
 * The UI as people use it: real Chromium, a real recorded shop, the packed packages. Journeys by keyboard alone, every screen in both themes, who may look,
 * and the report as one file. Run by name it writes the pictures to docs/screenshots/, in continuous integration to tmp/screenshots/.
 */
import { runCases } from './_cases.mjs';
import { cinemaCases } from './ui/cinema.mjs';
import { doorCases } from './ui/door.mjs';
import { journeyCases } from './ui/journeys.mjs';
import { lookCases } from './ui/looks.mjs';
import { pageCases } from './ui/page.mjs';
import { closeAll } from './ui/_shop.mjs';

export const seconds = 215;
export const samples = ['shop'];

const cases = { ...doorCases, ...journeyCases, ...cinemaCases, ...lookCases, ...pageCases };

export const run = (parts) => inPictures('docs/screenshots', parts);
export const runCi = () => inPictures('tmp/screenshots', []);

async function inPictures(folder, parts) {
  process.env.INTELLIMAP_PICTURES = folder;
  try {
    return await runCases(cases, parts);
  } finally {
    await closeAll();
  }
}

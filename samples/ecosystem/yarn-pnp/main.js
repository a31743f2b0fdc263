// Packages stay in zip archives; .pnp.cjs patches the module system and fs before anything else runs.
const fs = require('node:fs');
const dayjs = require('dayjs');
const { parse } = require('yaml');

const report = (text) => {
  const { title, days } = parse(text);
  return days.map((day) => `${title}: ${dayjs(day).add(1, 'month').format('YYYY-MM-DD')}`);
};
console.log(report('title: due\ndays: [2020-01-31, 2021-12-01]\n'));
const place = require.resolve('dayjs/package.json');
console.log(place.includes('.zip/'), fs.existsSync(place), JSON.parse(fs.readFileSync(place, 'utf8')).name);
for (const name of ['left-pad', 'fs-extra']) {
  try {
    require(name);
  } catch (error) {
    console.log(error.code, error.pnpCode, error.message.split('\n')[0]);
  }
}
import('./late.mjs').then(({ default: late }) => console.log(late('- a\n- b: {c: 1}')));

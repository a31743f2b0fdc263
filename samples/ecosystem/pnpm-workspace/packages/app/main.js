// A member of a pnpm workspace: packages are links, dependencies of dependencies are out of reach.
import { ids, mean, newest } from '@sample/core';
import { celsius } from '@sample/core/units';
import isOdd from 'is-odd';
import plain from 'plain';

console.log(mean([1, 2, 3.333]), newest(['1.0.0', '2.0.0-rc.1', '1.9.9']), ids(2), celsius(100), isOdd(3));
console.log(plain());
console.log(import.meta.resolve('@sample/core/units').split('/').slice(-3).join('/'));
for (const name of ['semver', '#round', '@sample/core/none', 'nothing-at-all']) {
  await import(name).then(
    () => console.log(name, 'found'),
    ({ code, message }) => console.log(name, code, message.replaceAll(process.cwd(), '.')),
  );
}
for (let i = 0; i < 500; i += 1) mean([i, i + 1, celsius(i)]);

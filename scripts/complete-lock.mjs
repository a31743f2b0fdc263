// npm run lock: installs what package.json asks for and completes package-lock.json, and those of samples and benches.
//
// Native tools come as one optional package per platform. npm leaves those out of the lock which its registry does not
// carry (a partial mirror), and then `npm ci` refuses the lock, everywhere. Their parents pin their exact versions and
// their names tell their platforms, so the entries can be written from what the lock already says. They carry no
// integrity hash; npm adds it on the first machine that installs them.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from './ensure.mjs';
import { root, run, say } from './run.mjs';

const OS = /(?:^|-)(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?:-|$)/;
const CPU = /-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)(?:-|$)/;

/** What a platform package's name says about where it runs; undefined when it names no platform. */
export function platformOf(name) {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const os = OS.exec(last)?.[1];
  const cpu = CPU.exec(last)?.[1];
  // Where nothing native fits, WebAssembly runs; npm tells it by its processor alone.
  if (cpu === 'wasm32') return { cpu: [cpu] };
  if (!os || !cpu) return undefined;
  const libc = last.includes('musl') ? ['musl'] : last.includes('-gnu') ? ['glibc'] : undefined;
  return { cpu: [cpu], os: [os], libc };
}

/** Adds the missing platform packages to a parsed lock file; returns their places. */
export function complete(lock) {
  const added = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (!platform || !/^\d[^\s|]*$/.test(version) || found(lock.packages, place, name, version)) continue;
      const target = `${place.slice(0, place.lastIndexOf('node_modules/'))}node_modules/${name}`;
      // Keys stand in npm's order, so that its next run leaves the file alone; JSON drops the undefined ones.
      const { cpu, libc, os } = platform;
      lock.packages[target] = { version, cpu, dev: entry.dev, libc, optional: true, os };
      added.push(target);
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
  );
  return added;
}

/** Whether Node's look-up from `place` reaches the package in the right version. */
const found = (packages, place, name, version) => reached(packages, place, name)?.version === version;

/** What Node's look-up from `place` reaches, or undefined. */
export function reached(packages, place, name) {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const there = packages[`${at}${at && '/'}node_modules/${name}`];
    if (there || at === '') return there;
  }
}

/** Lock files of the repository, relative to it: its own, and those of samples and benches. */
export function locks() {
  const below = ['samples', 'bench'].flatMap((folder) =>
    fs.readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}/package-lock.json`),
  );
  return ['package-lock.json', ...below.filter((file) => fs.existsSync(path.join(root, file)))];
}

async function lockAll() {
  const code = await run('npm', ['install']);
  if (code !== 0) return code;
  for (const name of locks()) {
    const file = path.join(root, name);
    const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
    const added = complete(lock);
    fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
    say(`${name}: ${added.length} platform packages added`);
  }
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(lockAll);

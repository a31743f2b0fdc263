for (const file of ['./broken.mjs', './missing-name.mjs', './nowhere.mjs'])
  await import(file).catch((e) => console.log(e.name, e.message.replaceAll(import.meta.dirname, ''), e.code));
import('./broken.mjs');

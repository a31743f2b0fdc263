import type { ThingKind } from '../kind.ts';
import { given } from '../draft.ts';
import { shown } from '../paths.ts';

const CRON =
  /^(?:node-cron\.schedule|cron\.(?:schedule|CronJob)|node-schedule\.scheduleJob|croner(?:\.Cron)?)(?:\(\))?$/;

/** `60000` → `60 s` */
function span(text: string): string {
  const ms = Number(text);
  if (text.includes('\0') || Number.isNaN(ms)) return 'a computed time';
  return ms >= 1000 && ms % 1000 === 0 ? `${ms / 1000} s` : `${ms} ms`;
}

export const timers: ThingKind = {
  name: 'timers',
  what: 'Functions that run again and again, later, or at times of the day: setInterval, setTimeout, cron packages',
  targets:
    /^(?:timers\.)?set(?:Interval|Timeout)$|^timers\/promises\.setInterval$|^(?:node-cron\.schedule|cron\.(?:schedule|CronJob)|node-schedule\.scheduleJob|croner(?:\.Cron)?)$/,
  found(site, draft) {
    const { file, node, target } = site;
    const all = given(site);
    const isCron = CRON.test(target);
    const handler = isCron ? all.slice(1) : all.slice(0, 1);
    // `new Promise((done) => setTimeout(done, ms))` waits, and runs nothing of its own.
    if (!isCron && handler.flatMap((each) => draft.functions(file, each)).length === 0) return;
    for (const text of draft.texts(file, isCron ? all[0] : all[1])) {
      const when = isCron ? `cron ${shown(text)}` : `${target.endsWith('Interval') ? 'every' : 'after'} ${all[1] === undefined ? '0 ms' : span(text)}`; // prettier-ignore
      const name = file.functionOf(file.owner[node])?.name ?? file.path;
      const id = draft.node('timer', `${when} in ${name}`, { file, node, madeWith: target });
      draft.edge(draft.around(site), id, 'schedules', { file, node });
      draft.handlers(id, 'handles', file, handler, { file, node });
    }
  },
};

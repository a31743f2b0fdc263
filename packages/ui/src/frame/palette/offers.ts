/** What the palette offers for what is looked for. */
import {
  CircleAlert,
  Clock,
  Code,
  Database,
  FileCode,
  FileText,
  History,
  type LucideIcon,
  Zap,
} from 'lucide-react';
import { type Answered, useAnswer } from '../../api/ask.ts';
import { type Command, useCommandTable } from '../../commands/registry.ts';
import { SCREENS_THERE } from '../../screens.ts';
import { watch } from '../../state/moments.ts';
import { commandOf, type RunLine, shortRun, useRun, useWorkspace } from '../../state/run.ts';
import { BUCKETS } from '../../screens/issues/heat.ts';
import { toQuery } from '../../screens/query/options.ts';
import { toReport } from '../../screens/reports/options.ts';
import { go, lookAt, optionsWith } from '../../state/selection.ts';
import { ago, count, moment } from '../../text/format.ts';
import { fitting, type Mode } from './mode.ts';

export interface Offer {
  id: string;
  name: string;
  detail: string;
  keys?: string;
  icon: LucideIcon;
  run: () => void;
}

export interface Offers {
  groups: { title: string; offers: Offer[] }[];
  waiting: boolean;
  /** Why there is nothing. */
  empty: string;
}

/** Of each group at most so many: more letters are faster than reading. */
const MOST = 8;

export function useOffers(mode: Mode): Offers {
  const run = useRun();
  const commands = useCommandTable();
  const text = mode.kind === 'anything' ? mode.text : '';
  const functions = useAnswer('functions', text === '' ? null : { ...run, text, limit: 24 });
  const wantsErrors = mode.kind === 'error' || text !== '';
  const issues = useAnswer('issues', wantsErrors ? { ...run, buckets: BUCKETS } : null);
  const reports = useAnswer('reports', {});
  const { data: workspace } = useWorkspace();
  const groups: Offers['groups'] = [];
  const add = (title: string, offers: Offer[]): void => {
    if (offers.length > 0) groups.push({ title, offers });
  };
  switch (mode.kind) {
    case 'anything':
      if (text !== '') {
        add('Functions', (functions.data ?? []).slice(0, MOST).map(ofFunction));
        add(
          'Files',
          filesOf(functions.data ?? [], text)
            .slice(0, 4)
            .map(ofFile),
        );
        add(
          'Errors',
          errorsLike(issues.data?.signatures ?? [], text)
            .slice(0, 4)
            .map(ofError),
        );
      }
      add('Screens', fitting(SCREENS_THERE, text, ({ title }) => title).map(ofScreen));
      add('Reports', fitting(reports.data ?? [], text, ({ title }) => title).slice(0, text ? 4 : MOST).map(ofReport)); // prettier-ignore
      add('Commands', text === '' ? [] : commandsLike(commands, text).slice(0, 4));
      break;
    case 'command':
      add('Commands', commandsLike(commands, mode.text));
      break;
    case 'error':
      add('Errors', errorsLike(issues.data?.signatures ?? [], mode.text).map(ofError));
      break;
    case 'run':
      add('Runs', fitting(workspace?.runs ?? [], mode.text, (each) => `${each.id} ${commandOf(each)} ${each.branch ?? ''}`).slice(0, 40).map(ofRun)); // prettier-ignore
      break;
    case 'sql':
      add('SQL', mode.text !== '' ? [ofSql(mode.text)] : []);
      break;
    case 'time':
      add('Time', mode.at === null ? [] : [ofTime(mode.at)]);
  }
  return { groups, waiting: functions.isFetching || issues.isFetching, empty: EMPTY[mode.kind] };
}

const EMPTY: Record<Mode['kind'], string> = {
  anything: 'Nothing in this run is called like that.',
  command: 'There is no such command.',
  error: 'No such error in this run.',
  run: 'No such run.',
  sql: 'A SELECT to ask, e.g. select name, self_ms from hot_functions order by self_ms desc',
  time: 'A time since the run began, e.g. 12.586 (seconds), 350 ms, 1:05.5',
};

type KnownFunction = Answered<'functions'>[number];
type Signature = Answered<'issues'>['signatures'][number];

const ofFunction = ({ id, name, path, line }: KnownFunction): Offer => ({
  id: `function ${id}`,
  name,
  detail: `${path}:${line}`,
  icon: Code,
  run: () => watch({ function: id, path, line }),
});

const filesOf = (functions: readonly KnownFunction[], text: string): string[] =>
  fitting([...new Set(functions.map(({ path }) => path))], text, (path) => path);

const ofFile = (path: string): Offer => ({
  id: `file ${path}`,
  name: path.slice(path.lastIndexOf('/') + 1),
  detail: path,
  icon: FileCode,
  run: () => watch({ path }),
});

const errorsLike = (signatures: readonly Signature[], text: string): Signature[] =>
  fitting(signatures, text, ({ name, message, path }) => `${name}: ${message} ${path ?? ''}`);

const ofError = ({ id, name, message, count: times }: Signature): Offer => ({
  id: `error ${id}`,
  name: `${name}: ${message}`,
  detail: `${count(times)}×`,
  icon: CircleAlert,
  run: () => go({ screen: 'issues', options: optionsWith({ issue: id, bucket: null, tab: null }) }),
});

const ofScreen = ({ id, title, icon, letter }: (typeof SCREENS_THERE)[number]): Offer => ({
  id: `screen ${id}`,
  name: title,
  detail: '',
  keys: `g ${letter}`,
  icon,
  run: () => go({ screen: id }),
});

const ofReport = ({ name, title }: { name: string; title: string }): Offer => ({
  id: `report ${name}`,
  name: title,
  detail: 'report',
  icon: FileText,
  run: () => toReport(name),
});

const commandsLike = (commands: readonly Command[], text: string): Offer[] =>
  fitting(uniqueTitles(commands), text, ({ title, group }) => `${title} ${group}`).map((command) => ({
    id: `command ${command.id}`,
    name: command.title,
    detail: command.group,
    icon: Zap,
    ...(command.keys?.[0] !== undefined && { keys: command.keys[0] }),
    run: () => setTimeout(() => command.run()),
  }));

/** A command with two keys may stand in the table twice. */
const uniqueTitles = (commands: readonly Command[]): Command[] => [
  ...new Map(commands.toReversed().map((command) => [`${command.group} ${command.title}`, command])).values(),
];

const ofRun = (run: RunLine): Offer => ({
  id: `run ${run.id}`,
  name: `${shortRun(run.id)} ${commandOf(run)}`,
  detail: `${ago(run.startedAt, Date.now())} · ${count(run.errors)} errors`,
  icon: History,
  run: () => lookAt(run.id),
});

const ofSql = (sql: string): Offer => ({
  id: 'sql',
  name: sql,
  detail: 'ask',
  icon: Database,
  run: () => toQuery(sql),
});

const ofTime = (t: number): Offer => ({
  id: 'time',
  name: `Go to ${moment(t)}`,
  detail: '',
  icon: Clock,
  run: () => watch({ t }),
});

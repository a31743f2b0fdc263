/** Questions that are ready to be asked, and examples made of this run. */
import type { Answered } from '../../api/ask.ts';
import { count } from '../../text/format.ts';
import { literal } from '../../text/sql.ts';

export interface Ready {
  title: string;
  /** What the answer tells. */
  about: string;
  sql: string;
}

export const READY: readonly Ready[] = [
  {
    title: 'Own time by file',
    about: 'Where the program itself worked',
    sql: `select path, sum(self_ms) as self_ms, sum(hits) as calls\nfrom hot_functions\ngroup by path\norder by self_ms desc\nlimit 30`,
  },
  {
    title: 'Calls over time',
    about: 'How busy each tenth of a second was',
    sql: `select floor(start_us / 100000) / 10 as second, count(*) as calls,\n  count(*) filter (outcome = 'threw') as threw\nfrom calls\ngroup by 1\norder by 1`,
  },
  {
    title: 'Slowest tasks',
    about: 'Requests and callbacks from beginning to end',
    sql: `select thread_id, task_id, kind, name, start_us, duration_ms, busy_ms, calls, errors\nfrom tasks\nwhere kind <> 'main'\norder by duration_ms desc\nlimit 50`,
  },
  {
    title: 'Tasks by kind, with percentiles',
    about: 'The 50th, 95th and 99th percentile of each kind',
    sql: `select kind, count(*) as tasks,\n  quantile_cont(duration_ms, 0.5) as p50_ms,\n  quantile_cont(duration_ms, 0.95) as p95_ms,\n  quantile_cont(duration_ms, 0.99) as p99_ms\nfrom tasks\nwhere not open\ngroup by kind\norder by tasks desc`,
  },
  {
    title: 'Never called, in files that matter',
    about: 'Functions without a call, beside the calls of their file',
    sql: `select u.path, u.name, u.line, m.calls as calls_of_file\nfrom code_usage u\njoin (select path, sum(hits) as calls from code_usage group by path) m using (path)\nwhere u.hits = 0\norder by m.calls desc, u.path, u.line\nlimit 100`,
  },
  {
    title: 'Calls that cross files most',
    about: 'Which files depend on one another while running',
    sql: `select src_path, dst_path, sum(count) as calls, sum(total_ms) as total_ms\nfrom edges\nwhere crosses_files\ngroup by all\norder by calls desc\nlimit 50`,
  },
  {
    title: 'Functions that throw',
    about: 'Share of calls that an exception left',
    sql: `select name, path, line, threw, hits, round(100.0 * threw / hits, 1) as percent\nfrom hot_functions\nwhere threw > 0\norder by threw desc`,
  },
  {
    title: 'Waiting, not working',
    about: 'Where calls waited most',
    sql: `select name, path, line, wait_ms, self_ms, hits\nfrom hot_functions\nwhere wait_ms > 0\norder by wait_ms desc\nlimit 30`,
  },
  {
    title: 'Pauses',
    about: 'Garbage collections, and calls that held the event loop',
    sql: `select * from pauses order by duration_us desc limit 50`,
  },
  {
    title: 'All runs',
    about: 'What each recording came to',
    sql: `select run_id, ts, command, calls, functions_hit, errors, duration_ms\nfrom all_runs.run_overview\norder by ts desc`,
  },
];

type Summary = Answered<'summary'>;

/** Six questions that name what this run has. */
export function examplesOf(summary: Summary): Ready[] {
  const [hot] = summary.hottest;
  const [error] = summary.errors.top;
  const [task] = summary.tasks.slowest;
  const all: (Ready | false)[] = [
    hot !== undefined && {
      title: `Who calls ${hot.name}?`,
      about: `It is the hottest function, with ${count(hot.hits)} calls`,
      sql: `select src_name, src_path, src_line, count, total_ms\nfrom edges\nwhere dst = ${literal(hot.id)}\norder by count desc`,
    },
    hot !== undefined && {
      title: `How long do calls of ${hot.name} take?`,
      about: 'The longest ones that have rows',
      sql: `select thread_id, call_id, start_us, end_us - start_us as us, self_us, outcome\nfrom call_tree\nwhere ast_node_id = ${literal(hot.id)}\norder by us desc\nlimit 100`,
    },
    task !== undefined && {
      title: `What did ${task.name.slice(0, 40)} do?`,
      about: 'The slowest task, function by function',
      sql: `select *\nfrom task_breakdown\nwhere thread_id = ${task.threadId} and task_id = ${task.taskId}\norder by self_ms desc`,
    },
    error !== undefined && {
      title: `When was ${error.name} thrown?`,
      about: `${count(error.count)} times at ${error.path ?? 'a place outside of the recorded files'}`,
      sql: `select name, message, kind, count, path, line, first_us, stack\nfrom errors\nwhere name = ${literal(error.name)}\norder by first_us`,
    },
    READY[1],
    READY[0],
  ];
  return all.filter((each) => each !== false);
}

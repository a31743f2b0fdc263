/** Question: how soon were pages there, and how did they answer? For each page and measure the visit at the 75th percentile, which is what the published limits are for. */
import type { RowOf } from '../schema/index.ts';
import type { Session } from './session.ts';

type Vital = RowOf<'vitals'>;

export interface PageVital extends Pick<Vital, 'name' | 'value' | 'unit' | 'rating' | 'element' | 'url'> {
  /** `page /checkout`: all that have this name are one. */
  page: string;
  /** Of all its visits in the run. */
  visits: number;
  threadId: number;
  visit: number;
  /** What the value is made of, ms; null: not known. */
  detail: Record<string, string | number> | null;
}

/** What is poor first. */
export async function webVitals({ db }: Session): Promise<PageVital[]> {
  const rows = await db.all<Omit<PageVital, 'detail'> & { detail: string | null }>(
    `WITH ranked AS (
       SELECT v.*, coalesce(t.name, 'page') AS page, row_number() OVER each AS nth, count(*) OVER (PARTITION BY t.name, v.name) AS visits
       FROM vitals v JOIN threads t USING (thread_id)
       WINDOW each AS (PARTITION BY t.name, v.name ORDER BY v.value, v.thread_id, v.visit)
     )
     SELECT page, name, value, unit, rating, element, url, detail, visits, thread_id AS threadId, visit
     FROM ranked WHERE nth = ceil(visits * 0.75) ORDER BY rating DESC, page, name`,
  );
  return rows.map(({ detail, ...rest }) => ({
    ...rest,
    detail: detail === null ? null : (JSON.parse(detail) as PageVital['detail']),
  }));
}

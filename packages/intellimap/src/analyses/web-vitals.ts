/** How soon pages were there, and how they answered, against the published limits. */
import { type PageVital, webVitals } from '../query/index.ts';
import { type Analysis, duration, type Finding, plural, verdict } from './analysis.ts';

export interface VitalFinding extends Finding {
  vital: PageVital;
}

export const vitals: Analysis<VitalFinding> = {
  name: 'web-vitals',
  title: 'Web vitals',
  async check(session) {
    const all = await webVitals(session);
    return verdict(
      all.map((vital) => ({
        vital,
        id: `web-vitals:${vital.page} ${vital.name}`,
        confidence: 'certain',
        place: null,
        evidence: [
          {
            run: session.run.id,
            table: 'vitals',
            key: { thread_id: vital.threadId, visit: vital.visit, name: vital.name },
          },
        ],
      })),
    );
  },
  describe({ vital }) {
    const { page, name, rating, visits, element } = vital;
    const of = visits > 1 ? `, the 75th percentile of ${visits} visits` : '';
    const where = element === null ? '' : `, at ${element}`;
    return `${page}: ${name} ${valueOf(vital)}, ${rating}${of}${where}${mostOf(vital)}`;
  },
  summarise(findings) {
    const pages = new Set(findings.map(({ vital }) => vital.page)).size;
    const of = (wanted: string): number => findings.filter(({ vital }) => vital.rating === wanted).length;
    const bad = [`${of('poor')} poor`, `${of('needs improvement')} to improve`];
    return `${plural(findings.length, 'measure')} of ${plural(pages, 'page')}: ${bad.join(', ')}, ${of('good')} good`;
  },
};

const valueOf = ({ value, unit }: PageVital): string => (unit === 'ms' ? duration(value) : value.toFixed(3));

/** What of it takes longest; what is good is not taken apart. */
function mostOf({ detail, rating, name }: PageVital): string {
  if (rating === 'good' || detail === null || name === 'CLS') return '';
  const parts = Object.entries(detail).filter(
    (each): each is [string, number] => typeof each[1] === 'number',
  );
  const [part, ms] = parts.reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
  return ms === 0 ? '' : `, ${duration(ms)} of it ${part}`;
}

/** What is otherwise than usual: against the run before, against others of its kind, or growing while the run went on. One sentence each. */
import { Clapperboard, FileText } from 'lucide-react';
import { type Answered, useAnswer } from '../../api/ask.ts';
import { Sure } from '../../parts/sure.tsx';
import { type AskedRun, useRun } from '../../state/run.ts';
import { watch } from '../../state/moments.ts';
import { toReport } from '../reports/options.ts';
import { placeOf } from '../reports/shapes/shape.tsx';

type Report = Answered<'report'>;
type Found = Report['findings'][number];

/** Analyses that compare. Of hot functions only those are told whose calls took longer and longer. */
const REPORTS: readonly { name: string; heading: string; isOne: (found: Found) => boolean }[] = [
  { name: 'drift', heading: 'Otherwise than the run before', isOne: () => true },
  { name: 'slow-tasks', heading: 'Slower than others of their kind', isOne: () => true },
  { name: 'hotspots', heading: 'Slower and slower while the run went on', isOne: ({ finding }) => (finding as { growth?: number | null }).growth != null }, // prettier-ignore
  { name: 'leak-suspects', heading: 'Growing', isOne: () => true },
];

/** The weightiest of each; the report has all. */
const FEW = 12;

export function Anomalies() {
  const run = useRun();
  return (
    <div className="anomalies">
      {REPORTS.map((each) => (
        <Section key={each.name} run={run} {...each} />
      ))}
    </div>
  );
}

function Section({ run, name, heading, isOne }: (typeof REPORTS)[number] & { run: AskedRun }) {
  const { data, error } = useAnswer('report', { ...run, name });
  // While another run is asked about, the last answer stays; one of another report does not.
  const answer = data?.name === name ? data : undefined;
  const all = answer?.findings.filter(isOne) ?? [];
  return (
    <section aria-label={heading}>
      <h2>
        {heading}
        {all.length > 0 && <span className="quiet"> {all.length}</span>}
      </h2>
      {error !== null ? (
        <p className="bad">{error.message}</p>
      ) : answer === undefined ? (
        <p className="quiet">asking …</p>
      ) : all.length === 0 ? (
        <p className="quiet">{answer.holds === 'unknown' ? `Not known: ${answer.why}.` : 'Nothing.'}</p>
      ) : (
        <ul>
          {all.slice(0, FEW).map((each) => (
            <Row key={each.finding.id} report={name} found={each} />
          ))}
        </ul>
      )}
      {all.length > FEW && (
        <button className="button small" onClick={() => toReport(name)}>
          All {all.length} in the report
        </button>
      )}
    </section>
  );
}

function Row({ report, found }: { report: string; found: Found }) {
  const { finding, text } = found;
  const place = placeOf(found);
  return (
    <li>
      <Sure of={finding.confidence} />
      <span className="anomaly-text">{text}.</span>
      {finding.place !== null && (
        <button className="button small" onClick={() => watch(place)}>
          <Clapperboard size={12} aria-hidden /> Watch
        </button>
      )}
      <button
        className="button small"
        title="The rows that show it"
        onClick={() => toReport(report, finding.id)}
      >
        <FileText size={12} aria-hidden /> Evidence
      </button>
    </li>
  );
}

/** The six short forms of reports. */
import type { Answered } from '../../api/ask.ts';
import { watch } from '../../state/moments.ts';
import { toReport } from '../reports/options.ts';

type Card = Answered<'home'>['cards'][number];

export const Cards = ({ cards }: { cards: readonly Card[] }) => (
  <section className="cards" aria-label="Reports">
    {cards.map((card) => (
      <CardPanel key={card.report} card={card} />
    ))}
  </section>
);

function CardPanel({ card: { report, title, figure, tone, rows, note } }: { card: Card }) {
  return (
    <article className="panel card">
      <button className="card-head" onClick={() => toReport(report)}>
        <h2>{title}</h2>
        {figure !== null && <span className={`figure ${tone}`}>{figure}</span>}
      </button>
      {rows.map((row, at) => (
        // oxlint-disable-next-line react/no-array-index-key
        <CardRow key={at} row={row} report={report} />
      ))}
      {note !== null && <p className="card-note">{note}</p>}
      {rows.length === 0 && note === null && <p className="card-note">Nothing found.</p>}
    </article>
  );
}

function CardRow({ row: { left, right, moment }, report }: { row: Card['rows'][number]; report: string }) {
  return (
    <button
      className="row card-row"
      onClick={() => (moment === null ? toReport(report) : watch(moment))}
      title={`${left}: ${right}`}
    >
      <span className="mono">{left}</span>
      <span className="card-right">{right}</span>
    </button>
  );
}

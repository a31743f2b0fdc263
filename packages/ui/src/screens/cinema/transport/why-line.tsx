/** Why? The chain from the error or value that is selected back to its cause; each link goes to its moment. */
import { useCallback, useMemo, useState } from 'react';
import type { WhyLink } from '../../../../../intellimap/src/serve/contract.ts';
import { useAnswer } from '../../../api/ask.ts';
import { useCommands } from '../../../commands/registry.ts';
import { useRun } from '../../../state/run.ts';
import { go, selection, useSelection } from '../../../state/selection.ts';
import { callOf, callText } from '../director/call.ts';
import { lookedAt } from '../director/live.ts';
import type { Parts } from '../parts.ts';

/** Links that there is room for in the bar. */
const FIRST = 3;

/** Value that is asked about: `nth` of a write, or name of an argument; kept in the URL. */
const ABOUT = 'why';

export function WhyLine({ parts }: { parts: Parts }) {
  const run = useRun();
  const call = callOf(useSelection((selection) => selection.call));
  const about = useSelection((selection) => selection.options[ABOUT]);
  const [isOpen, setOpen] = useState(false);
  const nth = /^\d+$/.test(about ?? '') ? Number(about) : undefined;
  const { data, error } = useAnswer(
    'why',
    call === null
      ? null
      : {
          ...run,
          ...call,
          ...(about === undefined ? {} : nth === undefined ? { name: about } : { nth }),
        },
  );
  const toggle = useCallback(() => {
    // Nothing is selected: what is asked about is what runs here.
    const { call } = selection.getState();
    const looked = call === null ? lookedAt(parts.director.shown.getState().frame, null) : null;
    if (looked?.call) go({ call: callText({ thread: looked.thread.thread, call: looked.call.call }) });
    setOpen((was) => !was);
  }, [parts]);
  useCommands(
    useMemo(
      () => [
        { id: 'cinema.why', title: 'Why? The chain of causes', group: 'Cinema', keys: ['y'], run: toggle },
      ],
      [toggle],
    ),
  );
  const links = call === null ? [] : (data?.links ?? []);
  if (call === null)
    return (
      <button className="why quiet" onClick={toggle}>
        Why is it here? <span className="key">Y</span>
      </button>
    );
  if (error !== null) return <span className="why quiet">Why? {error.message}</span>;
  return (
    <span className="why">
      <span>Why?</span>
      {links.slice(0, FIRST).map((link, n) => (
        <Link key={n} link={link} parts={parts} isFirst={n === 0} />
      ))}
      {links.length > FIRST && <span className="quiet">+{links.length - FIRST}</span>}
      {links.length === 0 && <span className="quiet">{data?.ends}</span>}
      <button
        className="key"
        title="All of the chain"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Y
      </button>
      {isOpen && data !== undefined && (
        <Chain links={links} ends={data.ends} parts={parts} close={() => setOpen(false)} />
      )}
    </span>
  );
}

/** `coupon.ts:48`: as short as a place can be told. */
const shortOf = ({ place, fn, words }: WhyLink): string =>
  place !== null && place.path !== ''
    ? `${place.path.slice(place.path.lastIndexOf('/') + 1)}:${place.line}`
    : (fn?.name ?? (words.length > 28 ? `${words.slice(0, 27)}…` : words));

function Link({ link, parts, isFirst }: { link: WhyLink; parts: Parts; isFirst: boolean }) {
  return (
    <>
      {!isFirst && <span className="quiet">←</span>}
      <button className="mono" title={link.words} onClick={() => visit(link, parts)}>
        {shortOf(link)}
      </button>
    </>
  );
}

function Chain({
  links,
  ends,
  parts,
  close,
}: {
  links: readonly WhyLink[];
  ends: string;
  parts: Parts;
  close: () => void;
}) {
  return (
    <div
      className="panel chain"
      role="dialog"
      aria-label="Why?"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <header>Why?</header>
      <ol>
        {links.map((link, n) => (
          <li key={n}>
            <button autoFocus={n === 0} onClick={() => visit(link, parts)} onKeyDown={walk}>
              <span>{link.words}</span>
              <span className="mono quiet place">{link.place === null ? '' : shortOf(link)}</span>
              <span className="sure" data-sure={link.sure} title={link.evidence}>
                {link.sure}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <p className="quiet">{ends}</p>
    </div>
  );
}

/** Up and down go through the links. */
function walk(event: React.KeyboardEvent<HTMLButtonElement>): void {
  const step =
    event.key === 'ArrowDown'
      ? 'nextElementSibling'
      : event.key === 'ArrowUp'
        ? 'previousElementSibling'
        : null;
  // Enter is the button's own here, not the command's.
  if (event.key === 'Enter') event.stopPropagation();
  if (step === null) return;
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.closest('li')?.[step]?.querySelector('button')?.focus();
}

function visit({ t, thread, call, fn, place }: WhyLink, { moves }: Parts): void {
  if (t === null) return;
  moves.goTo({
    t,
    ...(call === null ? {} : { call: callText({ thread, call }) }),
    ...(fn === null ? {} : { function: fn.id || null }),
    ...(place === null || place.path === '' ? {} : { module: place.path }),
  });
}

/** The sentence, its evidence, and what to do about it. */
import { Clipboard, Map, Play } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Answered } from '../../api/ask.ts';
import { type Command, useCommands } from '../../commands/registry.ts';
import { PlaceLink } from '../../parts/place.tsx';
import { showOnMap, watch } from '../../state/moments.ts';
import { useChosenText } from '../../state/chosen-text.ts';
import { selection } from '../../state/selection.ts';
import { copy } from '../../text/copy.ts';

type Home = Answered<'home'>;

interface Props {
  home: Home;
  /** It is of before: the run goes on, or another one was chosen, and the analyses are being asked again. */
  isStale: boolean;
}

export function VerdictHead({ home: { verdict }, isStale }: Props) {
  const { moment, prompt } = verdict;
  const main = useRef<HTMLButtonElement>(null);
  // Enter on the first screen leads to the cause: the way there has the focus, unless something else was given it.
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, []);
  const commands = useMemo<Command[]>(
    () => (prompt === null ? [] : [{ id: 'home.prompt', title: 'Copy as prompt', group: 'Home', run: () => void copy(prompt, 'the prompt') }]), // prettier-ignore
    [prompt],
  );
  useCommands(commands);
  useChosenText(
    useCallback(() => {
      const { call, function: id } = selection.getState();
      const evidence = verdict.evidence.map((part) => (typeof part === 'string' ? part : part.text)).join('');
      return call === null && id === null
        ? { what: 'the verdict', text: `${verdict.sentence}\n${evidence}` }
        : null;
    }, [verdict]),
  );
  return (
    <section className={`verdict ${verdict.tone} ${isStale ? 'stale' : ''}`} aria-busy={isStale}>
      {isStale && (
        <p className="stale-note" role="status">
          This is what was known before; the analyses are being asked again …
        </p>
      )}
      <h1>{verdict.sentence}</h1>
      <p className="evidence">
        {verdict.evidence.map((part, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Evidence key={at} part={part} />
        ))}
      </p>
      <div className="buttons">
        {moment !== null && (
          <button ref={main} className="button main" onClick={() => watch(moment)}>
            <Play size={13} fill="currentColor" aria-hidden /> Watch it happen
          </button>
        )}
        {moment !== null && (
          <button className="button" onClick={() => showOnMap(moment)}>
            <Map size={13} aria-hidden /> Show on map
          </button>
        )}
        {prompt !== null && (
          <button className="button" onClick={() => void copy(prompt, 'the prompt')}>
            <Clipboard size={13} aria-hidden /> Copy as prompt
          </button>
        )}
      </div>
    </section>
  );
}

function Evidence({ part }: { part: Home['verdict']['evidence'][number] }) {
  if (typeof part === 'string') return part;
  return <PlaceLink at={part.moment} text={part.text} room={80} />;
}

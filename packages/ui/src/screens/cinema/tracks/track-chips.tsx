/** The pinned questions above the lanes: their names, which may be changed, and ways to the question and away. */
import { SquareTerminal, X } from 'lucide-react';
import { pinsOf, pinsOption } from '../../../state/pins.ts';
import { choose, selection, useSelection } from '../../../state/selection.ts';
import { toQuery } from '../../query/options.ts';
import { count } from '../../../text/format.ts';
import { type Track, useShown } from '../director/shown.ts';
import type { Parts } from '../parts.ts';
import { TRACK_ROWS } from './tracks.ts';

export function TrackChips({ parts: { director } }: { parts: Parts }) {
  const pins = useSelection(pinsOf);
  const tracks = useShown(director.shown, (shown) => shown.tracks);
  if (pins.length === 0) return null;
  return (
    <ul className="track-chips" aria-label="Pinned queries">
      {tracks.map((track) => (
        <li key={track.sql} className={track.error === null ? '' : 'bad'}>
          <input
            aria-label="Name of the track"
            key={track.name}
            defaultValue={track.name}
            size={Math.max(4, track.name.length)}
            maxLength={60}
            onBlur={({ target }) => rename(track.sql, target.value)}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
          />
          <span
            className="quiet"
            role={track.error === null ? undefined : 'alert'}
            title={track.error ?? undefined}
          >
            {told(track)}
          </span>
          <button
            title={`Its query: ${track.sql}`}
            aria-label={`Query of ${track.name}`}
            onClick={() => toQuery(track.sql)}
          >
            <SquareTerminal size={13} aria-hidden />
          </button>
          <button
            title="Take the track away"
            aria-label={`Take ${track.name} away`}
            onClick={() =>
              choose(pinsOption(pinsOf(selection.getState()).filter(({ sql }) => sql !== track.sql)))
            }
          >
            <X size={13} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

function told({ rows, more, error }: Track): string {
  if (error !== null) return error;
  if (rows === null) return 'asking …';
  return more ? `the first ${count(TRACK_ROWS)} rows` : `${count(rows.rows.length)} rows`;
}

function rename(sql: string, text: string): void {
  const name = text.trim();
  if (name === '') return;
  choose(pinsOption(pinsOf(selection.getState()).map((pin) => (pin.sql === sql ? { ...pin, name } : pin))));
}

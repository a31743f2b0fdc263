/** A place in the source, as a link to the moment that shows it. */
import { middle } from '../text/format.ts';
import { type Place, watch } from '../state/moments.ts';

interface Props {
  at: Place;
  /** Absent: path and line. */
  text?: string;
  /** Characters that there is room for. */
  room?: number;
}

export function PlaceLink({ at, text, room = 48 }: Props) {
  const whole = text ?? placeText(at);
  return (
    <a
      className="mono place"
      href="#"
      title={whole}
      onClick={(event) => {
        event.preventDefault();
        event.stopPropagation();
        watch(at);
      }}
    >
      {middle(whole, room)}
    </a>
  );
}

export const placeText = ({ path, line }: Place): string =>
  path == null ? 'no place known' : line == null ? path : `${path}:${line}`;

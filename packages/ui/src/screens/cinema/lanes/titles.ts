/** The ruler above lanes, and their titles at the left. */
import { ticksOf } from '../../../parts/ruler.ts';
import { fontOf, paintText, sans, withoutEnd } from '../../../scene/text.ts';
import { duration } from '../../../text/format.ts';
import { taskText } from '../director/call.ts';
import { type BarPlace, isOfBrowser, type LanePlace, type ProcessPlace, type ThreadPlace } from './layout.ts';
import { inView, type Picture, RULER, TITLES, xOf } from './paint.ts';

type Context = CanvasRenderingContext2D;

const PLAIN = sans(12);
const SMALL = sans(11);
const HEADING = sans(11.5, 650);

/** Ruler and titles: opaque, so that the picture below may be moved. */
export function paintFrame(context: Context, picture: Picture): void {
  const { colours, width, height, layout, scroll } = picture;
  context.fillStyle = colours.lane;
  context.fillRect(0, RULER, TITLES, height);
  context.textBaseline = 'middle';
  for (const place of layout.places) if (inView(picture, place)) paintTitle(context, picture, place);
  context.fillStyle = colours.line;
  context.fillRect(TITLES - 1, RULER, 1, Math.min(height, layout.height - scroll));
  context.fillStyle = colours.lane;
  context.fillRect(0, 0, width, RULER);
  context.fillStyle = colours.line;
  context.fillRect(0, RULER - 1, width, 1);
  context.font = fontOf(SMALL);
  for (const { at, label } of ticksOf(...picture.view, width - TITLES)) {
    const x = Math.round(xOf(picture, at));
    context.fillStyle = colours.grid;
    context.fillRect(x, 0, 1, RULER);
    context.fillStyle = colours.quiet;
    context.fillText(label, x + 5, RULER / 2 + 0.5);
  }
}

function paintTitle(context: Context, { colours, scroll, width, chosen }: Picture, place: LanePlace): void {
  const y = RULER + place.top - scroll;
  if (place.kind === 'process') {
    context.fillStyle = colours.heading;
    context.fillRect(0, y, width, place.height);
    context.fillStyle = colours.soft;
    paintText(
      context,
      processTitle(place),
      { x: 10, y: y + place.height / 2 + 0.5 },
      width - 20,
      HEADING,
      withoutEnd,
    );
    return;
  }
  context.fillStyle = colours.line;
  context.fillRect(0, y + place.height - 1, TITLES, 1);
  const middle = y + Math.min(place.height / 2, 16);
  const isChosen = place.kind === 'task' && chosen === taskText(place.task);
  context.fillStyle = isChosen
    ? colours.play
    : place.kind === 'task' && place.task.errors > 0
      ? colours.error
      : colours.soft;
  const indent = { task: 30, thread: 20, track: 10 }[place.kind];
  const title =
    place.kind !== 'task' ? laneTitle(place) : `${place.task.errors > 0 ? '! ' : ''}${place.task.name}`;
  const font = place.kind === 'task' ? SMALL : PLAIN;
  paintText(context, title, { x: indent, y: middle }, TITLES - indent - 8, font, withoutEnd);
  const note = noteOf(place);
  if (note === '' || place.height < 40) return;
  context.font = fontOf(SMALL);
  context.fillStyle = colours.quiet;
  context.fillText(note, indent, middle + 16);
}

/** A number stands for a page, which says nothing to anybody. */
export const processTitle = ({ name, process, isPage, isFolded }: ProcessPlace): string =>
  `${isFolded ? '▸' : '▾'} ${name ?? 'process'}${isPage ? '' : ` · ${process}`}`;

/** @returns what the lane is called in tables and titles */
export const laneTitle = (place: BarPlace): string =>
  place.kind === 'task' ? place.task.name : place.kind === 'track' ? place.name : threadTitle(place);

const threadTitle = ({ thread, isDensity }: ThreadPlace): string => {
  const { name, tid, script, process } = thread;
  // `page /checkout` stands above it.
  if (isOfBrowser(thread)) return isDensity || tid > 0 ? name : thread.kind;
  const isMain = name === 'main' || tid === 0;
  if (isMain) return isDensity ? (script ?? `process ${process}`) : 'main thread';
  const file = script === null ? '' : ` · ${script.slice(script.lastIndexOf('/') + 1)}`;
  return `${name || 'worker'} ${tid}${file}`;
};

const noteOf = (place: BarPlace): string =>
  place.kind === 'thread' && place.isDensity && !isOfBrowser(place.thread)
    ? `process ${place.thread.process}`
    : place.hidden > 0
      ? `+${place.hidden} deeper`
      : place.kind === 'task'
        ? place.task.end === null
          ? 'not ended'
          : duration(place.task.end - place.task.start)
        : '';

/** What the user does, and what else comes from outside: each such event whose listeners recorded something is a task. Our listeners are the window's first, and do next to nothing. */
/* oxlint-disable typescript/unbound-method -- bound to `call` */
import { getter, quoted, uncurried } from '../core/intrinsics.ts';
import { attribute, shortName } from './element-name.ts';
import { listen } from './natives.ts';
import { quietly } from './patch.ts';
import type { Turns } from './turns.ts';

/** They come often, or before what people mean to do, and mostly nobody listens. */
const OFTEN =
  'mousemove pointermove touchmove wheel scroll mouseover mouseout pointerover pointerout drag dragover pointerdown pointerup pointercancel mousedown mouseup keyup touchstart touchend touchcancel dragenter dragleave dragend';
const DONE_BY_USER = 'click dblclick auxclick contextmenu keydown dragstart drop copy cut paste';
/** They follow from others, or from what the program does: within a turn they are part of it. Not among them are events that browsers make only where somebody listens. */
const FOLLOWING =
  'input change submit reset invalid focus blur focusin focusout select toggle close cancel load DOMContentLoaded popstate hashchange resize';

/** Longer ones are cut. */
const MAX_NAME = 60;
/** What people press: their text says what it does. What they write in is not looked at. */
const PRESSED = 'button,a,summary,[role=button],[role=menuitem]';
const CONTROLS = `${PRESSED},input,select,textarea,label,form`;

/** @param said a text of the program as it may be written down */
export function followEvents(turns: Turns, said: (text: string, most?: number) => string): void {
  const { document } = globalThis;
  if (document === undefined) return;
  const { prototype: event } = Event;
  const { prototype: element } = Element;
  const typeOf = getter<(event: Event) => string>(event, 'type');
  const targetOf = getter<(event: Event) => EventTarget | null>(event, 'target');
  const closest = uncurried<(from: unknown, selector: string) => Element | null>(element.closest);
  const matches = uncurried<(from: Element, selector: string) => boolean>(element.matches);
  const textOf = getter<(of: Element) => string>(Node.prototype, 'textContent');

  const nameOf = (type: string, target: unknown): string => {
    // Fails for windows and documents, which are no elements.
    const found = closest(target, CONTROLS) ?? (target as Element);
    const name = `${type} ${said(shortName(found))}`;
    const text = matches(found, PRESSED) && (attribute(found, 'aria-label') || textOf(found).trim());
    return text ? `${name} ${quoted(said(text, MAX_NAME))}` : name;
  };

  let last = '';
  const hear = (kind: 0 | 1 | 2) => (event: Event) => {
    if (!event.isTrusted) return;
    const type = typeOf(event);
    // A click on a label is one on what it is for, too.
    if ((kind === 2 || type === last) && turns.isHeld()) return;
    last = type;
    const target = targetOf(event);
    const make = (): string => quietly(() => nameOf(type, target)) ?? type;
    // What is pressed is looked at before the program changes it.
    const name = kind === 1 && make();
    turns.event(type, () => name || make(), kind === 1 ? '' : type);
  };
  [OFTEN, DONE_BY_USER, FOLLOWING].forEach((types, kind) => {
    const act = hear(kind as 0 | 1 | 2);
    for (const type of types.split(' ')) listen(globalThis, type, act, { capture: true, passive: true });
  });
}

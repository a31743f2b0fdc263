/** Keys → commands. Nothing happens while a person types, but for commands that say so. */
import { tinykeys } from 'tinykeys';
import { type Command, commandTable } from './registry.ts';

/** Listens until what it gives is called. */
export function listenToKeys(target: Window): () => void {
  let stop = bind(target, commandTable.getState().commands);
  const ignore = commandTable.subscribe(({ commands }) => {
    stop();
    stop = bind(target, commands);
  });
  return () => {
    ignore();
    stop();
  };
}

function bind(target: Window, commands: readonly Command[]): () => void {
  const bindings = new Map<string, (event: KeyboardEvent) => void>();
  for (const command of commands)
    for (const key of command.keys ?? [])
      if (!bindings.has(key)) bindings.set(key, (event) => press(event, command));
  // Of `g h` and `h`, the second key of the first is no `h`: the longer one is asked first, and who acts is the only one.
  const longestFirst = [...bindings].toSorted(([a], [b]) => b.split(' ').length - a.split(' ').length);
  return tinykeys(target, Object.fromEntries(longestFirst));
}

function press(event: KeyboardEvent, command: Command): void {
  if (event.defaultPrevented || ((isTyping(event) || isAbove(event)) && !command.whileTyping)) return;
  if (isItsOwn(event) || command.isFor?.() === false) return;
  event.preventDefault();
  command.run(event);
}

/** Editors live in shadow trees, out of which events come as if from their hosts. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
  );
}

/** In a dialog or a menu, which have keys of their own. */
const isAbove = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('dialog, [role="menu"]') !== null;

const PRESS = ['Enter', ' '];
const WALK = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];
const PRESSED = 'button, a[href], summary, [role="button"], [role="switch"]';
const WALKED =
  '[role="tab"], [role="radio"], [role="option"], [role="slider"], [role="separator"], [role="grid"], [role="tree"]';

/** A key that what has the focus acts upon: Enter on a button presses it. */
function isItsOwn({ target, key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || ctrlKey || metaKey || altKey) return false;
  if (PRESS.includes(key)) return target.closest(`${PRESSED}, ${WALKED}`) !== null;
  return WALK.includes(key) && target.closest(WALKED) !== null;
}

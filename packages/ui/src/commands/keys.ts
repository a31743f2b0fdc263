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
  return tinykeys(target, Object.fromEntries(bindings));
}

function press(event: KeyboardEvent, command: Command): void {
  if (event.defaultPrevented || ((isTyping(event) || isAbove(event)) && !command.whileTyping)) return;
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

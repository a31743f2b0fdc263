/** Whatever a person can do is a command: one table feeds keys, palette, menus and help. */
import { useEffect, useSyncExternalStore } from 'react';
import { createStore } from 'zustand/vanilla';

export interface Command {
  /** `cinema.step`; the same for ever: macros and settings name it. */
  id: string;
  title: string;
  /** Heading in help and palette. */
  group: string;
  /**
   * As tinykeys writes them: `$mod+K`, `g m`, `Shift+E`. Letters that steer (W A S D) are physical keys: `KeyW`.
   * None: from the palette alone.
   */
  keys?: string[];
  /** Also while a person types. */
  whileTyping?: boolean;
  /** Whether it acts on its key now; else the browser does what it does with it. Absent: always. */
  isFor?: () => boolean;
  run(event?: KeyboardEvent): void;
}

const table = createStore<{ commands: readonly Command[] }>(() => ({ commands: [] }));

export const commandTable = table;

/** Adds commands, of which the latest has the key; gives what takes them away again. */
export function addCommands(added: readonly Command[]): () => void {
  table.setState(({ commands }) => ({ commands: [...added, ...commands] }));
  return () =>
    table.setState(({ commands }) => ({ commands: commands.filter((each) => !added.includes(each)) }));
}

/** Commands of a component, while it is there. `added` must be the same list until something changed. */
export const useCommands = (added: readonly Command[]): void => useEffect(() => addCommands(added), [added]);

export const useCommandTable = (): readonly Command[] =>
  useSyncExternalStore(table.subscribe, () => table.getState().commands);

/** @returns whether there is such a command now */
export function runCommand(id: string): boolean {
  const command = table.getState().commands.find((each) => each.id === id);
  command?.run();
  return command !== undefined;
}

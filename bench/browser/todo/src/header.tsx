import type { KeyboardEvent } from 'react';

export function Header({ onAdded }: { onAdded: (title: string) => void }) {
  function keyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Enter') return;
    const title = event.currentTarget.value.trim();
    if (title === '') return;
    onAdded(title);
    event.currentTarget.value = '';
  }
  return (
    <header>
      <h1>todos</h1>
      <input className="new-todo" placeholder="What needs to be done?" onKeyDown={keyDown} />
    </header>
  );
}

import { useState } from 'react';
import * as shop from '../api/shop.ts';
import { useLoaded } from '../hooks/use-loaded.ts';
import { useSettled } from '../hooks/use-settled.ts';
import { Link } from './link.tsx';

/** The shop is asked when nothing was typed for so long. */
const PAUSE_MS = 150;
const SHORTEST = 2;

export function SearchBox() {
  const [words, setWords] = useState('');
  const asked = useSettled(words.trim(), PAUSE_MS);
  return (
    <div className="search">
      <input
        type="search"
        placeholder="Search"
        aria-label="Search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {asked.length >= SHORTEST && <Suggestions words={asked} onChosen={() => setWords('')} />}
    </div>
  );
}

function Suggestions({ words, onChosen }: { words: string; onChosen: () => void }) {
  const found = useLoaded(words, (signal) => shop.search(words, signal));
  if (found.state !== 'ready') return null;
  return (
    <ul className="suggestions" onClick={onChosen}>
      {found.value.items.map(({ id, name }) => (
        <li key={id}>
          <Link to={`/products/${id}`}>{name}</Link>
        </li>
      ))}
      {found.value.items.length === 0 && <li className="quiet">Nothing is called like this.</li>}
    </ul>
  );
}

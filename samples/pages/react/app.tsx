import { useState } from 'react';
import { failSoon, type Line, load, total } from '../common/cart.ts';
import { sumElsewhere } from '../common/sum.ts';

export function App() {
  const [lines, setLines] = useState<Line[]>([]);
  const [answer, setAnswer] = useState('');
  async function add() {
    const line = await load('pen');
    setLines((before) => [...before, line]);
  }
  const sum = async () => setAnswer(String(await sumElsewhere(lines)));
  return (
    <>
      <Title lines={lines} />
      <button id="add" onClick={add}>Add</button>
      <button id="sum" onClick={sum}>Sum</button>
      <button id="fail" onClick={() => failSoon()}>Fail</button>
      <output id="count">{lines.length}</output>
      <output id="total">{total(lines)}</output>
      <output id="answer">{answer}</output>
    </>
  );
}

const Title = ({ lines }: { lines: readonly Line[] }) => <h1 id="title">{titleOf(lines)}</h1>;

function titleOf(lines: readonly Line[]): string {
  return lines.length === 0 ? 'Cart' : 'Full cart';
}

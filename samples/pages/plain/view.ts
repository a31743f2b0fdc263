import { failSoon, type Line, load, total } from '../common/cart.ts';
import { sumElsewhere } from '../common/sum.ts';

export function view(root: HTMLElement, lines: Line[] = []): { lines: Line[] } {
  root.innerHTML = `<h1 id="title">${titleOf(lines)}</h1>
    <button id="add">Add</button> <button id="sum">Sum</button> <button id="fail">Fail</button>
    <output id="count">${lines.length}</output> <output id="total">${total(lines)}</output> <output id="answer"></output>`;
  const at = (id: string): HTMLElement => root.querySelector(`#${id}`)!;
  at('add').addEventListener('click', async function add() {
    lines.push(await load('pen'));
    at('count').textContent = String(lines.length);
    at('total').textContent = String(total(lines));
  });
  at('sum').addEventListener('click', async () => {
    at('answer').textContent = String(await sumElsewhere(lines));
  });
  at('fail').addEventListener('click', () => failSoon());
  return { lines };
}

function titleOf(lines: readonly Line[]): string {
  return lines.length === 0 ? 'Cart' : 'Full cart';
}

/** The playhead as an element above a drawing: the browser moves it, and nothing is painted for it. */

export class Playhead {
  readonly #line: HTMLElement;
  readonly #label: HTMLElement | null;

  constructor(host: HTMLElement, { label = false } = {}) {
    this.#line = made(host, 'playhead');
    this.#label = label ? made(host, 'playhead-time') : null;
  }

  /** @param x px from the left of the host; null: it is out of view. @param room px from … to which the label keeps within */
  move(x: number | null, text = '', room: readonly [number, number] = [0, Infinity]): void {
    this.#line.hidden = x === null;
    if (this.#label !== null) this.#label.hidden = x === null;
    if (x === null) return;
    this.#line.style.transform = `translateX(${Math.round(x)}px)`;
    if (this.#label === null) return;
    // All digits are as wide as each other: a text of so many letters needs to be measured once.
    const half = (text.length * LETTER + 14) / 2;
    const left = Math.max(room[0], Math.min(room[1] - 2 * half, x - half));
    this.#label.textContent = text;
    this.#label.style.transform = `translateX(${Math.round(left)}px)`;
  }

  remove(): void {
    this.#line.remove();
    this.#label?.remove();
  }
}

/** px of a letter of the label. */
const LETTER = 6.9;

function made(host: HTMLElement, name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.setAttribute('aria-hidden', 'true');
  element.hidden = true;
  host.append(element);
  return element;
}

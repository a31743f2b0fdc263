// What is done with each application while its cost is measured. Input comes by the protocol, as a person's would; what waits for the page looks once a frame, from beside it.

/** `look` runs a function beside the page. @typedef {(page: import('playwright-core').Page, look: (run: Function, ...values: unknown[]) => Promise<any>) => Promise<void>} Act */

/** `ready`: a selector that says that the page is there. @type {Record<string, { ready: string, act: Act }>} */
export const APPS = {
  /** As in Speedometer: the page works through it by itself, with events that scripts make. */
  todo: {
    ready: '.new-todo',
    act: (page) => page.evaluate(workThroughTodos, { items: 100, times: 3 }),
  },
  storefront: { ready: '.products li', act: shop },
};

/** In the page. */
async function workThroughTodos({ items, times }) {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const all = (selector) => document.querySelectorAll(selector);
  const expect = (count, selector) => {
    if (all(selector).length !== count) throw new Error(`${all(selector).length} ${selector}, not ${count}`);
  };
  for (let time = 0; time < times; time++) {
    for (let item = 0; item < items; item++) {
      const input = document.querySelector('.new-todo');
      input.value = `Something to do ${item}`;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Enter' }));
      await Promise.resolve();
    }
    await frame();
    expect(items, '.todo-list li');
    for (const box of all('.toggle')) {
      box.click();
      await Promise.resolve();
    }
    await frame();
    expect(items, '.completed');
    for (let item = 0; item < items; item++) {
      document.querySelector('.destroy').click();
      await Promise.resolve();
    }
    await frame();
    expect(0, '.todo-list li');
  }
}

const PIECES = 6;
const PRODUCTS = 3;

async function shop(page, look) {
  const click = async (selector) => {
    const { x, y } = await look(there, selector);
    await page.mouse.click(x, y);
  };
  await click('.sign-in button');
  await look(there, '[data-testid=customer]');
  await click('.search input');
  await page.keyboard.type('lantern', { delay: 30 });
  await click('.suggestions a');
  let pieces = 0;
  for (let product = 0; product < PRODUCTS; product++) {
    await look(there, '.instalments li:nth-child(4)');
    for (let piece = 0; piece < PIECES; piece++) {
      await click('#add');
      await look(there, '[data-testid=pieces]', String(++pieces));
    }
    await click('.brand');
    await look(there, '.products li');
    await click(`.categories button:nth-child(${product + 2})`);
    await look(there, `.categories button:nth-child(${product + 2})[aria-pressed=true]`);
    await click('.products li:nth-child(2) a');
  }
  await click('.cart-badge');
  await click('.next');
  await look(there, '.checkout button');
}

/** Beside the page: once it is there, with this text if one is given. @returns {Promise<{ x: number, y: number }>} its middle */
async function there(selector, text) {
  for (let frames = 0; frames < 1_000; frames++) {
    const element = document.querySelector(selector);
    if (element !== null && (text === undefined || element.textContent === text)) {
      element.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    await new Promise((done) => requestAnimationFrame(done));
  }
  throw new Error(`${selector} ${text ?? ''} never came`);
}

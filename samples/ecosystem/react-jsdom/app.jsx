import React, { act, Component, createContext, Suspense, use, useContext, useEffect, useMemo, useReducer, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { Writable } from 'node:stream';

const Theme = createContext('light');
const log = [];

class Boundary extends Component {
  state = { error: undefined };
  static getDerivedStateFromError(error) {
    return { error };
  }
  componentDidCatch(error, { componentStack }) {
    log.push(`caught ${error.message} below ${componentStack.trim().split('\n').map((line) => line.trim().split(' ')[1]).join(' < ')}`);
  }
  render() {
    return this.state.error ? <p role="alert">{this.state.error.message}</p> : this.props.children;
  }
}

const reduce = (todos, { type, text, at }) =>
  type === 'add' ? [...todos, { text, done: false }] : todos.map((todo, index) => (index === at ? { ...todo, done: !todo.done } : todo));

function Todos({ initial }) {
  const [todos, send] = useReducer(reduce, initial);
  const [count, setCount] = useState(0);
  const theme = useContext(Theme);
  const left = useMemo(() => todos.filter(({ done }) => !done).length, [todos]);
  useEffect(() => {
    log.push(`effect: ${left} left`);
    return () => log.push('cleanup');
  }, [left]);
  if (count > 2) throw new Error('too many clicks');
  return (
    <section className={theme}>
      <ul>
        {todos.map(({ text, done }, at) => (
          <li key={text} data-done={done} onClick={() => send({ type: 'toggle', at })}>
            {text}
          </li>
        ))}
      </ul>
      <button onClick={() => (send({ type: 'add', text: `todo ${todos.length}` }), setCount((n) => n + 1))}>add ({left} left)</button>
    </section>
  );
}

const Lazy = ({ promise }) => <b>{use(promise)}</b>;

export async function run(container) {
  const errors = [];
  const root = createRoot(container, { onCaughtError: (error) => errors.push(error.message) });
  const show = (label) => console.log(label, container.innerHTML);
  await act(async () =>
    root.render(
      <Theme.Provider value="dark">
        <Boundary>
          <Todos initial={[{ text: 'tea', done: false }]} />
        </Boundary>
      </Theme.Provider>,
    ),
  );
  show('first');
  const click = (selector) => act(async () => container.querySelector(selector)?.dispatchEvent(new window.MouseEvent('click', { bubbles: true })));
  await click('li');
  await click('button');
  show('after clicks');
  await click('button');
  await click('button');
  show('broken');
  console.log(log, errors);

  let resolve;
  const promise = new Promise((done) => (resolve = done));
  await act(async () => root.render(<Suspense fallback={<i>wait</i>}><Lazy promise={promise} /></Suspense>));
  show('suspended');
  await act(async () => resolve('here'));
  show('resolved');
  await act(async () => root.unmount());
  show('unmounted');

  console.log(renderToString(<Todos initial={Array.from({ length: 300 }, (_, n) => ({ text: `item ${n}`, done: n % 2 === 0 }))} />).length);
  console.log(await streamed(<Suspense fallback="…"><Lazy promise={new Promise((done) => setTimeout(done, 20, 'streamed'))} /></Suspense>));
}

const streamed = (element) =>
  new Promise((done, fail) => {
    let html = '';
    const sink = new Writable({ write: (chunk, _encoding, next) => ((html += chunk), next()), final: (next) => (done(html), next()) });
    const { pipe } = renderToPipeableStream(element, { onAllReady: () => pipe(sink), onError: fail });
  });

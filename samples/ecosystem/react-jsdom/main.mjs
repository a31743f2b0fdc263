// React in a simulated browser: the DOM of jsdom as globals, then the application, compiled from JSX by tsx.
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><div id="root"></div>', { url: 'http://localhost/', pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true, HTMLElement: window.HTMLElement });
Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
const { run } = await import('./app.jsx');
await run(window.document.getElementById('root'));
window.close();

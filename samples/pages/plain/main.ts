import { view } from './view.ts';

const root = document.querySelector<HTMLElement>('#app')!;
let show = view(root);

if (import.meta.hot)
  import.meta.hot.accept('./view.ts', (next) => {
    show = (next as typeof import('./view.ts')).view(root, show.lines);
  });

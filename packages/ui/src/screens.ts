/** The screens, in the order of the rail. A new one is a folder under `screens/`, its id in `state/url.ts`, and a line here. */
import {
  CircleAlert,
  Clapperboard,
  FileText,
  GitCompareArrows,
  House,
  type LucideIcon,
  Network,
  SquareTerminal,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { ScreenId } from './state/url.ts';

export interface Screen {
  id: ScreenId;
  title: string;
  /** Key behind `g`. */
  letter: string;
  icon: LucideIcon;
  /** Loaded when it is first gone to. */
  load: () => Promise<{ default: ComponentType }>;
}

const screen = (
  id: ScreenId,
  title: string,
  letter: string,
  icon: LucideIcon,
  load: Screen['load'],
): Screen => ({ id, title, letter, icon, load });

export const SCREENS_THERE: readonly Screen[] = [
  screen('home', 'Home', 'h', House, () => import('./screens/home/index.tsx')),
  screen('map', 'Map', 'm', Network, () => import('./screens/map/index.tsx')),
  screen('cinema', 'Cinema', 'c', Clapperboard, () => import('./screens/cinema/index.tsx')),
  screen('issues', 'Issues', 'i', CircleAlert, () => import('./screens/issues/index.tsx')),
  screen('reports', 'Reports', 'r', FileText, () => import('./screens/reports/index.tsx')),
  screen('compare', 'Compare', 'd', GitCompareArrows, () => import('./screens/compare/index.tsx')),
  screen('query', 'Query', 'q', SquareTerminal, () => import('./screens/query/index.tsx')),
];

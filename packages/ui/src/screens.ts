/** The screens, in the order of the rail. A new one is a folder under `screens/` and a line here. */
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

export const SCREENS_THERE: readonly Screen[] = [
  { id: 'home', title: 'Home', letter: 'h', icon: House, load: () => import('./screens/home/index.tsx') },
  { id: 'map', title: 'Map', letter: 'm', icon: Network, load: () => import('./screens/map/index.tsx') },
  {
    id: 'cinema',
    title: 'Cinema',
    letter: 'c',
    icon: Clapperboard,
    load: () => import('./screens/cinema/index.tsx'),
  },
  {
    id: 'issues',
    title: 'Issues',
    letter: 'i',
    icon: CircleAlert,
    load: () => import('./screens/issues/index.tsx'),
  },
  {
    id: 'reports',
    title: 'Reports',
    letter: 'r',
    icon: FileText,
    load: () => import('./screens/reports/index.tsx'),
  },
  {
    id: 'compare',
    title: 'Compare',
    letter: 'd',
    icon: GitCompareArrows,
    load: () => import('./screens/compare/index.tsx'),
  },
  {
    id: 'query',
    title: 'Query',
    letter: 'q',
    icon: SquareTerminal,
    load: () => import('./screens/query/index.tsx'),
  },
];

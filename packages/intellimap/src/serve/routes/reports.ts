/** Which analyses there are. */
import type { Analysis, Finding } from '../../analyses/index.ts';
import { asked, type Route } from '../route.ts';

export const reports: Route<'reports'> = {
  ask: asked({}),
  answer: async (_, { analyses }) =>
    (Object.values(analyses) as Analysis<Finding>[]).map(({ name, title }) => ({ name, title })),
};

/** Which analyses there are. */
import { ANALYSES } from '../../analyses/index.ts';
import { asked, type Route } from '../route.ts';

export const reports: Route<'reports'> = {
  ask: asked({}),
  answer: async () => Object.values(ANALYSES).map(({ name, title }) => ({ name, title })),
};

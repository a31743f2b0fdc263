// Loaded when it is needed.
import { title } from './page.ts';

export const menu = () => [title()];

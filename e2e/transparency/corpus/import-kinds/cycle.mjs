import { late } from './main.mjs';
export const value = () => {
  try {
    return late();
  } catch (e) {
    return e.name;
  }
};

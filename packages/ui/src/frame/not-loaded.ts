/** Files of a screen are asked for when it is first gone to; a server that is gone does not send them. The words are Vite's, Chromium's, Firefox' and Safari's. Pure. */
export const isNotLoaded = ({ message }: Error): boolean =>
  /^Unable to preload CSS|dynamically imported module|^Importing a module script failed/.test(message);

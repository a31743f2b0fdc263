// Tables in a table, of texts that lead nowhere.
export const THEMES = {
  light: { text: 'black', back: 'white', accent: 'blue' },
  dark: { text: 'white', back: 'black', accent: 'orange' },
  print: { text: 'black', back: 'none', accent: 'black' },
};

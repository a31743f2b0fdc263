// A text for each state.
const LABELS = { idle: 'waiting', running: 'at work', done: 'finished' };

export const label = (state: keyof typeof LABELS) => LABELS[state];

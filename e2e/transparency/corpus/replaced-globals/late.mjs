export const late = () => `late ${new Set().constructor.name}`;

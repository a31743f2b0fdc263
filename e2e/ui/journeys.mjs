export const journeyCases = {};

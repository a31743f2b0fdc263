export const helper = (list) => list.toString().split(',').map(Number).sort((a, b) => a - b);
